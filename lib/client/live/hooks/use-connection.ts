'use client'

import { useSyncExternalStore } from 'react'
import { useLiveClient } from '@/lib/client/live/provider'
import type { Freshness } from '@/lib/domain/live/freshness'

/** How fresh this page is as a wholeList: its least fresh query; null when it follows nothing. */
export function useConnection(): Freshness | null {
  const client = useLiveClient()
  return useSyncExternalStore(client.on, client.connection, () => null)
}
