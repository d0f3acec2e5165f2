'use client'

import type { Middleware } from 'swr'
import { useReportFreshness } from '@/lib/client/live/hooks/use-report-freshness'

/**
 * SWR middleware for documents. The page is not live while the document is that of an older key, while a read is slow,
 * and after a read that failed, until one succeeds.
 */
export const withFreshness: Middleware = (useNext) => (key, fetcher, config) => {
  const response = useNext(key, fetcher, config)
  const { data, error, isLoading, isValidating } = response
  useReportFreshness({
    isReading: isValidating,
    isOlder: data !== undefined && isLoading && config.fallbackData === undefined,
    hasFailed: error !== undefined,
    // A document that is polled was known to be right when the last poll began.
    pollMs: Number(config.refreshInterval ?? 0),
  })
  return response
}
