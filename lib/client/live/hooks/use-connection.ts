'use client'

import { useSyncExternalStore } from 'react'
import { useRegistry } from '@/lib/client/live/provider'
import type { Freshness } from '@/lib/domain/live/freshness'

/** How fresh this page is as a whole: its least fresh query; null when it follows nothing. */
export function useConnection(): Freshness | null {
  const registry = useRegistry()
  return useSyncExternalStore(registry.listen, registry.connection, () => null)
}
