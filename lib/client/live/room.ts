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
import { createListeners } from './listeners'
import type { Part, Registry, Surroundings } from './registry'
import type { Hear, Joined } from './socket'

/** One page in a room. */
export interface Stay<State> extends Part {
  /** Those who listen keep the page in the room. */
  listen(listener: () => void): () => void
  /** The others, in the order they came. */
  others(): readonly Guest<State>[]
  /** What this page says of itself; null to be there unseen. */
  say(state: State | null): void
}

/** Takes part in a room while somebody listens and the page is seen. Nothing else depends on whether that works. */
function createStay<State>(room: Room<State>, { link, attended }: Surroundings): Stay<State> {
  const key = crypto.randomUUID()
  const listeners = createListeners()
  let guests: Guests<State> = new Map()
  let others: readonly Guest<State>[] = []
  let mine: State | null = null
  let place: Joined | null = null
  let saidAt = Number.NEGATIVE_INFINITY
  let speaking: ReturnType<typeof setTimeout> | undefined
  let returning: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    clearTimeout(returning)
    if (!attended() || listeners.isEmpty()) leave()
    else place ??= link.join({ room: `staff:${room.name}` }, hear)
  }

  function leave(): void {
    if (!place) return
    place.say({ key, state: null })
    place.leave()
    place = null
    clearTimeout(speaking)
    show(new Map())
  }

  function hear(...[told, payload]: Parameters<Hear>): void {
    if (told === 'flowing') speak(true)
    else if (told === 'heard') hearWord(payload)
    else {
      leave()
      returning = setTimeout(settle, manners.retryMs)
    }
  }

  function hearWord(payload: unknown): void {
    const word = parseWord(payload)
    if (!word || word.key === key) return
    show(afterWord(guests, room, word, now()))
    if (word.isNew && mine !== null) speakIn(Math.random() * manners.answerMs)
  }

  /** Says what is to be said now, and again after a while. */
  function speak(isNew = false): void {
    saidAt = now()
    if (mine !== null || isNew) place?.say({ key, state: mine, isNew })
    show(stillThere(guests, saidAt))
    speakIn(manners.stillHereMs)
  }

  function speakIn(ms: number): void {
    clearTimeout(speaking)
    if (place) speaking = setTimeout(speak, Math.max(ms, saidAt + manners.pauseMs - now()))
  }

  function show(next: Guests<State>): void {
    if (next === guests) return
    guests = next
    others = [...guests].map(([each, { state }]) => ({ key: each, state }))
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
      if (state === null) place?.say({ key, state })
      else speakIn(0)
    },
    freshness: () => null,
    send: settle,
  }
}

export function stayIn<State>(registry: Registry, room: Room<State>): Stay<State> {
  return registry.part(`room ${room.name}`, (surroundings) => createStay(room, surroundings))
}
