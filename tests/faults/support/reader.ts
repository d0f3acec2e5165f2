import { RealtimeClient } from '@supabase/realtime-js'
import { KEYS } from 'embedded-supabase/keys'
import type { World } from './world'

/** A plain client of Realtime that notes what it is sent, without anything that a page does to be right all the same. */
export interface Reader {
  /** The numbers of units left, in the order in which they came. */
  readonly heard: number[]
  /** How often its connection ended. */
  closes(): number
  /** How many replies to its own messages came. */
  replies(): number
  leave(): Promise<void>
}

/** Follows the shelf of all products. Resolves when Realtime has the subscription. */
export async function startReader({ address }: World, token?: string): Promise<Reader> {
  const client = new RealtimeClient(`${address.cableUrl.replace(/^http/, 'ws')}/realtime/v1`, {
    params: { apikey: KEYS.publishable },
    // A client closes its socket when a heartbeat is not answered before the next; a busy machine needs the second.
    heartbeatIntervalMs: 1_000,
    ...(token && { accessToken: () => Promise.resolve(token) }),
  })
  if (token) await client.setAuth()
  const heard: number[] = []
  let [closes, replies] = [0, 0]
  client.onHeartbeat((status) => {
    if (status === 'ok') replies += 1
  })
  const channel = client.channel('reader')
  await new Promise<void>((joined, failed) => {
    channel
      .on('postgres_changes', { event: '*', schema: 'public', table: 'shelf' }, ({ new: row }) => {
        heard.push(Number((row as { left?: number }).left))
      })
      .on('system', {}, ({ status, message }) => {
        if (status === 'ok') joined()
        else failed(new Error(message))
      })
      .subscribe((status) => {
        if (status === 'CHANNEL_ERROR' || status === 'CLOSED') closes += 1
      })
  })
  return {
    heard,
    closes: () => closes,
    replies: () => replies,
    async leave() {
      await client.removeAllChannels()
      await client.disconnect()
    },
  }
}
