'use client'

import type { Hear, Joined } from '@/lib/client/live/transport/socket'
import {
  afterWord,
  type Guest,
  type Guests,
  manners,
  parseWord,
  type Room,
  stillThere,
} from '@/lib/domain/live/presence'
import { now } from './clock'
import { createListeners } from './listeners'
import type { Part, Surroundings } from './registry'

/** Between two words of one page, at least. */
const pauseMs = 1_000

/** Who comes in is told by each within this time, spread by chance. */
const answerMs = 300

/** Between two tries to come in. */
const retryMs = 3_000

/** One page in a room. */
export interface Stay<State> extends Part {
  /** Those who listen keep the page in the room. */
  listen(listener: () => void): () => void
  /** The others, in the order they came. */
  others(): readonly Guest<State>[]
  /** What this page says of itself. */
  say(state: State): void
}

/** Takes part in a room while somebody listens and the page is seen. Nothing else depends on whether that works. */
export function createStay<State>(room: Room<State>, { link, attended }: Surroundings): Stay<State> {
  const key = crypto.randomUUID()
  const listeners = createListeners()
  const nobody: Guests<State> = new Map()
  let guests = nobody
  let others: readonly Guest<State>[] = []
  let mine: State | null = null
  let place: Joined | null = null
  let saidAt = -pauseMs
  /** What comes next: to speak, or to come back. */
  let turn: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    if (!attended() || listeners.isEmpty()) leave()
    else place ??= link.join({ room: `staff:${room.name}` }, hear)
  }

  function leave(): void {
    clearTimeout(turn)
    place?.say({ key, state: null })
    place?.leave()
    place = null
    show(nobody)
  }

  function hear(...[told, payload]: Parameters<Hear>): void {
    if (told === 'flowing') speak()
    else if (told === 'heard') hearWord(payload)
    else {
      leave()
      turn = setTimeout(settle, retryMs)
    }
  }

  function hearWord(payload: unknown): void {
    const word = parseWord(payload)
    if (!word || word.key === key) return
    const before = guests.size
    show(afterWord(guests, room, word, now()))
    // Who comes in is told who is there.
    if (guests.size > before) speakIn(Math.random() * answerMs)
  }

  /** Says what is to be said now, and again after a while. */
  function speak(): void {
    saidAt = now()
    place?.say({ key, state: mine })
    show(stillThere(guests, saidAt))
    speakIn(manners.stillHereMs)
  }

  function speakIn(ms: number): void {
    if (!place) return
    clearTimeout(turn)
    turn = setTimeout(speak, Math.max(ms, saidAt + pauseMs - now()))
  }

  function show(next: Guests<State>): void {
    if (next === guests) return
    guests = next
    others = [...guests.values()]
    listeners.tell()
  }

  return {
    listen(listener) {
      const unlisten = listeners.listen(listener)
      settle()
      return () => {
        unlisten()
        settle()
      }
    },
    others: () => others,
    say(state) {
      mine = state
      speakIn(0)
    },
    send: settle,
  }
}
