'use client'

import type { ReactNode } from 'react'
import { type Cache, SWRConfig, type SWRConfiguration } from 'swr'

/** Between two tries of a read that fails, in milliseconds: twice as long after each, up to the longest. */
const retryMs = { first: 1_000, longest: 8_000 } as const

const config: SWRConfiguration & { provider: () => Cache } = {
  provider: () => new Map(),
  keepPreviousData: true,
  // The live layer says when a document has changed. It also fetches when a tab is shown or the network is back.
  revalidateIfStale: false,
  revalidateOnFocus: false,
  revalidateOnReconnect: false,
  // Two reads of one key at the same moment are one; a later one is a new one.
  dedupingInterval: 0,
  onErrorRetry(_error, _key, _config, revalidate, { retryCount = 1, ...options }) {
    const ms = Math.min(retryMs.longest, retryMs.first * 2 ** (retryCount - 1))
    setTimeout(revalidate, ms, { retryCount, ...options })
  },
}

/**
 * The one place that configures SWR, for the pages of staff. Documents that the server assembles and answers to requests
 * are read through it; rows are not (lib/client/live). Its cache ends with the session of the page.
 */
export function DocumentProvider({ children }: { children: ReactNode }) {
  return <SWRConfig value={config}>{children}</SWRConfig>
}
