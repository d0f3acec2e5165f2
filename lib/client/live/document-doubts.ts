'use client'

import { byTrust, type Freshness } from '@/lib/domain/live/freshness'
import type { Part, Surroundings } from './registry'

/** The documents of a page that may be older than the database, as a part of what the page follows. */
export interface DocumentDoubts extends Part {
  /** Reports how fresh the document of one reader is; null once it is as fresh as the page. */
  report(reader: object, freshness: Freshness | null): void
}

export function createDocumentDoubts({ tell }: Surroundings): DocumentDoubts {
  const doubts = new Map<object, Freshness>()
  return {
    report(reader, freshness) {
      if (freshness) doubts.set(reader, freshness)
      else if (!doubts.delete(reader)) return
      tell()
    },
    freshness: () => [...doubts.values()].sort(byTrust).at(-1) ?? null,
    send: () => undefined,
  }
}
