'use client'

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
import type { Part, Registry, Surroundings } from './registry'
import type { Joined } from './socket'

/** One page in a room. */
export interface Stay<State> extends Part {
  /** Those who listen keep the page in the room. */
  listen(listener: () => void): () => void
  /** The others, in the order they came. */
  others(): readonly Guest<State>[]
  /** What this page says of itself; null to be there unseen. */
  say(state: State | null): void
}

type Timer = ReturnType<typeof setTimeout>

/** Takes part in a room while somebody listens and the page is seen. Nothing else depends on whether that works. */
function createStay<State>(room: Room<State>, { link, attended }: Surroundings): Stay<State> {
  const key = crypto.randomUUID()
  const listeners = new Set<() => void>()
  let guests: Guests<State> = new Map()
  let others: readonly Guest<State>[] = []
  let mine: State | null = null
  let saidAt = Number.NEGATIVE_INFINITY
  let place: { joined?: Joined; word?: Timer; again?: Timer } | null = null
  let waiting: Timer | undefined

  function settle(): void {
    clearTimeout(waiting)
    const wants = attended() && listeners.size > 0
    if (wants && !place) enter()
    else if (!wants && place) leave()
  }

  function enter(): void {
    const here: NonNullable<typeof place> = {}
    place = here
    const lost = () => {
      if (place !== here) return
      leave()
      waiting = setTimeout(settle, manners.retryMs)
    }
    const hearing = {
      flowing: () => place === here && speak(true),
      heard: (payload: unknown) => place === here && hear(payload),
      lost,
    }
    link.socket().then((socket) => {
      if (place === here) here.joined = socket.join({ room: `staff:${room.name}` }, hearing)
    }, lost)
  }

  function leave(): void {
    if (mine !== null) place?.joined?.say({ key, state: null })
    place?.joined?.leave()
    clearTimeout(place?.word)
    clearTimeout(place?.again)
    place = null
    show(new Map())
  }

  /** Says what is to be said now, and again after a while. */
  function speak(isNew = false): void {
    if (!place) return
    saidAt = now()
    if (mine !== null || isNew) place.joined?.say({ key, state: mine, isNew })
    clearTimeout(place.again)
    place.again = setTimeout(() => {
      show(stillThere(guests, now()))
      speak()
    }, manners.stillHereMs)
  }

  function speakSoon(ms: number): void {
    if (!place) return
    clearTimeout(place.word)
    place.word = setTimeout(speak, Math.max(ms, saidAt + manners.pauseMs - now()))
  }

  function hear(payload: unknown): void {
    const word = parseWord(payload)
    if (!word || word.key === key) return
    show(afterWord(guests, room, word, now()))
    if (word.isNew && mine !== null) speakSoon(Math.random() * manners.answerMs)
  }

  function show(next: Guests<State>): void {
    if (next === guests) return
    guests = next
    others = [...guests].map(([each, { state }]) => ({ key: each, state }))
    for (const listener of [...listeners]) listener()
  }

  return {
    listen(listener) {
      listeners.add(listener)
      settle()
      return () => {
        listeners.delete(listener)
        settle()
      }
    },
    others: () => others,
    say(state) {
      if (state === null && mine !== null) place?.joined?.say({ key, state: null })
      mine = state
      if (state !== null) speakSoon(0)
    },
    freshness: () => null,
    send: settle,
  }
}

export function stayIn<State>(registry: Registry, room: Room<State>): Stay<State> {
  return registry.part(`room ${room.name}`, (surroundings) => createStay(room, surroundings))
}
