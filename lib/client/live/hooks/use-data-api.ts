'use client'

import { useLiveClient } from '@/lib/client/live/provider'
import type { DataApi } from '@/lib/client/live/transport/data-api'

/** The Data API of the nearest provider, as the signed-in person of the page may use it. */
export function useDataApi(): DataApi {
  const { dataApi } = useLiveClient()
  if (!dataApi) throw new Error('This hook needs a <LiveProvider> with a Data API around it.')
  return dataApi
}
