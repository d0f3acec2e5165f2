'use client'

import type { PublicSettings } from '@/lib/domain/settings'
import { createSocket, type Hearing, type Joined, type Socket, type Topic } from './socket'
import { type AccessToken, subjectOf } from './token'

/** What tabs tell each other. `tab` and `id` name who joined; the leader answers to both. */
type Note =
  | { readonly leads: string }
  | { readonly tab: string; readonly id: number; readonly join: Topic }
  | { readonly tab: string; readonly id: number; readonly say: object }
  | { readonly tab: string; readonly id: number; readonly leave: true }
  | { readonly tab: string; readonly id: number; readonly told: keyof Hearing; readonly payload?: unknown }

interface Join {
  readonly topic: Topic
  readonly hearing: Hearing
  /** Only in the leading tab. */
  joined?: Joined
}

/**
 * One socket for all tabs of a browser in which the same person, or nobody, is signed in. The tab that holds a lock
 * leads: it has the socket, and tells the others what they hear. A tab takes part while it follows something, which a
 * hidden one does not. When the leader leaves, for whatever reason, its lock passes to another tab and everybody's
 * channels are joined again there; changes flow again, and what was missed meanwhile is fetched as always.
 */
export function createSharedSocket(settings: PublicSettings, accessToken: AccessToken): Socket {
  const tab = crypto.randomUUID()
  const own = new Map<number, Join>()
  /** What the leader joined for other tabs. */
  const lent = new Map<string, Map<number, Joined>>()
  let ids = 0
  let taking: AbortController | null = null
  let notes: BroadcastChannel | null = null
  let socket: Socket | null = null
  let isPlaced = false

  const post = (note: Note) => notes?.postMessage(note)

  function enter(): void {
    const part = new AbortController()
    taking = part
    const until = new Promise((ended) => part.signal.addEventListener('abort', ended))
    const { signal } = part
    accessToken()
      .then(async (token) => {
        if (signal.aborted) return
        const group = `live ${settings.supabaseUrl} ${subjectOf(token)}`
        notes = new BroadcastChannel(group)
        notes.onmessage = ({ data }: MessageEvent<Note>) => read(data, group, signal)
        // By its own lock the leader knows that a tab is still there.
        void navigator.locks.request(`${group} ${tab}`, () => until)
        await navigator.locks.request(group, { ifAvailable: true }, (lock) => {
          if (signal.aborted) return
          if (lock) lead()
          placeAll()
          return lock ? until : undefined
        })
        await navigator.locks.request(group, { signal }, () => {
          lead()
          placeAll()
          return until
        })
      })
      .catch(() => {
        if (!signal.aborted) loseAll()
      })

    function lead(): void {
      socket = createSocket(settings, accessToken)
      post({ leads: tab })
    }
  }

  function exit(): void {
    taking?.abort()
    taking = null
    isPlaced = false
    notes?.close()
    notes = null
    socket?.drop()
    socket = null
    lent.clear()
  }

  function placeAll(): void {
    isPlaced = true
    for (const [id, join] of own) place(id, join)
  }

  function place(id: number, join: Join): void {
    if (socket) join.joined = socket.join(join.topic, join.hearing)
    else post({ tab, id, join: join.topic })
  }

  function loseAll(): void {
    for (const { hearing } of [...own.values()]) hearing.lost()
  }

  function read(note: Note, group: string, signal: AbortSignal): void {
    if ('leads' in note) placeAll()
    else if ('told' in note) {
      if (note.tab === tab) own.get(note.id)?.hearing[note.told](note.payload)
    } else if (socket) serve(socket, note, group, signal)
  }

  function serve(from: Socket, note: Note & { id: number }, group: string, signal: AbortSignal): void {
    if ('join' in note) {
      const tell = (told: keyof Hearing) => (payload?: unknown) =>
        post({ tab: note.tab, id: note.id, told, payload })
      if (!lent.has(note.tab)) {
        const gone = () => giveBack(note.tab)
        navigator.locks.request(`${group} ${note.tab}`, { signal }, gone).catch(() => undefined)
      }
      const joins = lent.get(note.tab) ?? new Map<number, Joined>()
      lent.set(note.tab, joins)
      const hearing = { flowing: tell('flowing'), heard: tell('heard'), lost: tell('lost') }
      joins.get(note.id)?.leave()
      joins.set(note.id, from.join(note.join, hearing))
    } else if ('say' in note) lent.get(note.tab)?.get(note.id)?.say(note.say)
    else if ('leave' in note) {
      lent.get(note.tab)?.get(note.id)?.leave()
      lent.get(note.tab)?.delete(note.id)
    }
  }

  function giveBack(other: string): void {
    for (const joined of lent.get(other)?.values() ?? []) joined.leave()
    lent.delete(other)
  }

  return {
    join(topic, hearing) {
      ids += 1
      const id = ids
      const join: Join = { topic, hearing }
      own.set(id, join)
      if (!taking) enter()
      else if (isPlaced) place(id, join)
      return {
        say(payload) {
          if (join.joined) join.joined.say(payload)
          else post({ tab, id, say: payload })
        },
        leave() {
          if (!own.delete(id)) return
          if (join.joined) join.joined.leave()
          else post({ tab, id, leave: true })
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
  const canShare = typeof BroadcastChannel !== 'undefined' && 'locks' in navigator
  return (canShare ? createSharedSocket : createSocket)(settings, accessToken)
}
