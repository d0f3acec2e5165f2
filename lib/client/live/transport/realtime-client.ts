'use client'

import { RealtimeClient } from '@supabase/realtime-js'
import type { PublicSettings } from '@/lib/domain/core/settings'
import type { AccessToken } from './token'

/** A socket that leaves one of these unanswered is taken for dead; what is shown does not wait for that. */
const heartbeatIntervalMs = 8_000

/**
 * A Realtime client that stays ended. Left to itself one that lost its socket connects again, also after it was given
 * up, and each listens to the window for good in order to do so: after an outage a page would keep a socket for every
 * try.
 */
export function createRealtimeClient(settings: PublicSettings, accessToken: AccessToken): RealtimeClient {
  const { addEventListener } = window
  const listenBy = (value: typeof addEventListener) =>
    Object.defineProperty(window, 'addEventListener', { value, configurable: true, writable: true })
  listenBy(() => undefined)
  try {
    const client = new RealtimeClient(`${settings.supabaseUrl.replace(/^http/, 'ws')}/realtime/v1`, {
      params: { apikey: settings.publishableKey },
      accessToken,
      heartbeatIntervalMs,
      // The last subscriber ends the client; a separate timer would outlive the page.
      disconnectOnEmptyChannelsAfterMs: 0,
    })
    client.reconnectTimer.scheduleTimeout = () => undefined
    return client
  } finally {
    listenBy(addEventListener)
  }
}
