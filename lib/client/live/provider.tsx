'use client'

import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import type { openDataApi as openDataApiOf } from '@/lib/client/live/transport/data-api'
import type { AccessToken } from '@/lib/client/live/transport/token'
import type { LiveSettings } from '@/lib/domain/core/settings'
import { createLiveClient, type LiveClient } from './live-client'

const LiveContext = createContext<LiveClient | null>(null)

/**
 * Makes what is inside live. Mounted once, in the root layout: `<LiveProvider settings={publicSettings()}>`. It opens
 * a socket only while something inside follows a query. Staff pages, which read what shoppers may not, nest a second
 * one with an access token; the outer one is then idle.
 *
 * @param settings where the Supabase of this page is. Only those of the first render count.
 * @param accessToken a server action that answers with the signed-in person's current token, or null.
 * @param openDataApi for pages that read tables: `openDataApi` of ./transport/data-api.
 */
export function LiveProvider({
  settings,
  accessToken,
  openDataApi,
  children,
}: {
  settings: LiveSettings
  accessToken?: AccessToken
  openDataApi?: typeof openDataApiOf
  children: ReactNode
}) {
  const [client] = useState(() => createLiveClient(settings, accessToken, openDataApi))
  useEffect(() => client.start(), [client])
  return <LiveContext value={client}>{children}</LiveContext>
}

/** The live client of the nearest provider. */
export function useLiveClient(): LiveClient {
  const client = use(LiveContext)
  if (!client) throw new Error('A live hook needs <LiveProvider> around it.')
  return client
}
