'use client'

import type { PublicSettings } from '@/lib/domain/core/settings'
import { createSocket, type Hear, type Joined, type Socket, type Topic } from './socket'
import { type AccessToken, subjectOf } from './token'

/** What a tab asks of the one that leads. `tab` names its lock, `id` who joined, among those of all tabs, */
type Wish = { readonly tab: string; readonly id: string } & (
  | { readonly join: Topic }
  | { readonly say: object }
  | { readonly leave: true }
)

/** and what that one tells. */
type Note = Wish | { readonly id: string; readonly told: Parameters<Hear> } | 'I lead'

/**
 * One socket for all tabs of a browser in which the same person, or nobody, is signed in. The tab that holds a lock
 * leads: it has the socket, and tells the others what they hear. A tab takes part while it follows something, which a
 * hidden one does not. When the leader leaves, for whatever reason, its lock passes to another tab and everybody's
 * channels are joined again there; changes flow again, and what was missed meanwhile is fetched as always.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions share the state of one connection.
export function createSharedSocket(settings: PublicSettings, accessToken: AccessToken): Socket {
  const tab = crypto.randomUUID()
  const own = new Map<string, { readonly topic: Topic; readonly hear: Hear }>()
  /** What the leader joined, by tab and id. */
  const served = new Map<string, Map<string, Joined>>()
  /** Aborted when this tab has left. */
  let stay = new AbortController()
  let notes: BroadcastChannel | null = null
  let socket: Socket | null = null

  async function takePart(signal: AbortSignal): Promise<void> {
    const group = `live ${settings.supabaseUrl} ${subjectOf(await accessToken())}`
    // By its own lock the leader knows that a tab is still there.
    await navigator.locks.request(tab, { signal }, () => {
      signal.throwIfAborted()
      notes = new BroadcastChannel(group)
      notes.onmessage = ({ data }: MessageEvent<Note>) => read(data)
      joinAll()
      return navigator.locks.request(group, { signal }, () => {
        signal.throwIfAborted()
        socket = createSocket(settings, accessToken)
        notes?.postMessage('I lead')
        joinAll()
        return new Promise((ended) => signal.addEventListener('abort', ended))
      })
    })
  }

  function enter(): void {
    stay = new AbortController()
    const { signal } = stay
    takePart(signal).catch(() => {
      if (!signal.aborted) for (const { hear } of [...own.values()]) hear('lost')
    })
  }

  function exit(): void {
    stay.abort()
    notes?.close()
    notes = null
    socket?.drop()
    socket = null
    served.clear()
  }

  function joinAll(): void {
    for (const [id, { topic }] of own) wish({ tab, id, join: topic })
  }

  function wish(note: Wish): void {
    if (socket) serve(socket, note)
    else notes?.postMessage(note)
  }

  function read(note: Note): void {
    if (note === 'I lead') joinAll()
    else if ('told' in note) own.get(note.id)?.hear(...note.told)
    else if (socket) serve(socket, note)
  }

  function serve(from: Socket, note: Wish): void {
    const { tab: whose, id } = note
    const joins = served.get(whose) ?? attend(whose)
    if ('say' in note) joins.get(id)?.say(note.say)
    else if ('leave' in note) {
      joins.get(id)?.leave()
      joins.delete(id)
    } else if (!joins.has(id)) {
      // A tab asks again when it hears who leads.
      const hear: Hear = own.get(id)?.hear ?? ((...told) => notes?.postMessage({ id, told }))
      joins.set(id, from.join(note.join, hear))
    }
  }

  /** Serves a tab until it is gone. */
  function attend(whose: string): Map<string, Joined> {
    const joins = new Map<string, Joined>()
    served.set(whose, joins)
    const gone = () => {
      for (const joined of joins.values()) joined.leave()
      served.delete(whose)
    }
    navigator.locks.request(whose, { signal: stay.signal }, gone).catch(() => undefined)
    return joins
  }

  return {
    join(topic, hear) {
      const id = crypto.randomUUID()
      own.set(id, { topic, hear })
      if (own.size === 1) enter()
      else wish({ tab, id, join: topic })
      return {
        say: (payload) => wish({ tab, id, say: payload }),
        leave() {
          if (!own.delete(id)) return
          wish({ tab, id, leave: true })
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
