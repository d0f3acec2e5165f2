'use client'

import { byTrust, type Freshness } from '@/lib/domain/live/freshness'
import type { ClientContext, LiveResource } from './live-client'

/** The documents of a page that may be older than the database, as a part of what the page follows. */
export interface DocumentFreshness extends LiveResource {
  /** Reports how fresh the document of one reader is; null once it is as fresh as the page. */
  report(reader: object, freshness: Freshness | null): void
}

export function createDocumentFreshness({ emit }: ClientContext): DocumentFreshness {
  const stale = new Map<object, Freshness>()
  return {
    report(reader, freshness) {
      if (freshness) stale.set(reader, freshness)
      else if (!stale.delete(reader)) return
      emit()
    },
    freshness: () => [...stale.values()].sort(byTrust).at(-1) ?? null,
    send: () => undefined,
  }
}
