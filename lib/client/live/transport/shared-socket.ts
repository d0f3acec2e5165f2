'use client'

import type { PublicSettings } from '@/lib/domain/core/settings'
import { type ChannelListener, createSocket, type JoinedChannel, type Socket, type Topic } from './socket'
import { type AccessToken, subjectOf } from './token'

/** A request of a tab to the leading tab. `tab` names its lock, `id` the channel among those of all tabs. */
type TabRequest = { readonly tab: string; readonly id: string } & (
  | { readonly join: Topic }
  | { readonly send: object }
  | { readonly leave: true }
)

/** A message of the leading tab. */
type TabMessage = TabRequest | { readonly id: string; readonly event: Parameters<ChannelListener> } | 'I lead'

/**
 * One socket for all tabs of a browser with the same session, or with none. The tab that holds a lock leads: it has the
 * socket, and passes events on to the other tabs. A tab takes part while it follows rows, which a hidden tab does not. When
 * the leader leaves, for whatever reason, its lock passes to another tab, and the channels of all tabs are joined again
 * there; changes flow again, and the changes missed in the meantime are fetched.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions share the state of one connection.
export function createSharedSocket(settings: PublicSettings, accessToken: AccessToken): Socket {
  const tab = String(Math.random())
  const own = new Map<string, { readonly topic: Topic; readonly listener: ChannelListener }>()
  /** The subscriptions of the leader, by tab and id. */
  const served = new Map<string, Map<string, JoinedChannel>>()
  /** Aborted when this tab has left. */
  let membership = new AbortController()
  let tabs: BroadcastChannel | null = null
  let socket: Socket | null = null

  async function participate(signal: AbortSignal): Promise<void> {
    const group = `live ${settings.supabaseUrl} ${subjectOf(await accessToken())}`
    await takeLocks(group, signal).catch(() => {
      if (!signal.aborted) leadAlone()
    })
  }

  function takeLocks(group: string, signal: AbortSignal): Promise<unknown> {
    // By its own lock the leader knows that a tab is still there.
    return navigator.locks.request(tab, { signal }, () => {
      signal.throwIfAborted()
      tabs = new BroadcastChannel(group)
      tabs.onmessage = ({ data }: MessageEvent<TabMessage>) => read(data)
      joinAll()
      return navigator.locks.request(group, { signal }, () => {
        signal.throwIfAborted()
        socket = createSocket(settings, accessToken)
        tabs?.postMessage('I lead')
        joinAll()
        return new Promise((ended) => signal.addEventListener('abort', ended))
      })
    })
  }

  function enter(): void {
    membership = new AbortController()
    const { signal } = membership
    participate(signal).catch(() => {
      if (!signal.aborted) for (const { listener } of [...own.values()]) listener('lost')
    })
  }

  /** Where locks or channels are denied, as with cookies blocked, this tab has a separate socket. */
  function leadAlone(): void {
    tabs?.close()
    tabs = null
    socket = createSocket(settings, accessToken)
    joinAll()
  }

  function exit(): void {
    membership.abort()
    tabs?.close()
    tabs = null
    socket?.drop()
    socket = null
    served.clear()
  }

  function joinAll(): void {
    for (const [id, { topic }] of own) request({ tab, id, join: topic })
  }

  function request(message: TabRequest): void {
    if (socket) serve(socket, message)
    else tabs?.postMessage(message)
  }

  function read(message: TabMessage): void {
    if (message === 'I lead') joinAll()
    else if ('event' in message) own.get(message.id)?.listener(...message.event)
    else if (socket) serve(socket, message)
  }

  function serve(from: Socket, message: TabRequest): void {
    const { tab: whose, id } = message
    const joins = served.get(whose) ?? attend(whose)
    if ('send' in message) joins.get(id)?.send(message.send)
    else if ('leave' in message) {
      joins.get(id)?.leave()
      joins.delete(id)
    } else if (!joins.has(id)) {
      // A tab asks again when it hears who leads.
      const listener: ChannelListener =
        own.get(id)?.listener ?? ((...event) => tabs?.postMessage({ id, event }))
      joins.set(id, from.join(message.join, listener))
    }
  }

  /** Serves a tab until it is gone. */
  function attend(whose: string): Map<string, JoinedChannel> {
    const joins = new Map<string, JoinedChannel>()
    served.set(whose, joins)
    if (whose === tab) return joins
    const gone = () => {
      for (const joined of joins.values()) joined.leave()
      served.delete(whose)
    }
    navigator.locks.request(whose, { signal: membership.signal }, gone).catch(() => undefined)
    return joins
  }

  return {
    join(topic, listener) {
      const id = String(Math.random())
      own.set(id, { topic, listener })
      if (own.size === 1) enter()
      else request({ tab, id, join: topic })
      return {
        send: (payload) => request({ tab, id, send: payload }),
        leave() {
          if (!own.delete(id)) return
          request({ tab, id, leave: true })
          if (own.size === 0) exit()
        },
      }
    },
    // A tab without the socket leaves it to the one that has it.
    drop: () => socket?.drop(),
  }
}

/** The socket of this page: shared with other tabs where the browser can, otherwise its own. */
export function openSocket(settings: PublicSettings, accessToken: AccessToken): Socket {
  return ('locks' in navigator ? createSharedSocket : createSocket)(settings, accessToken)
}
