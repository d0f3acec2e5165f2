'use client'

import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useRegistry } from '@/lib/client/live/provider'
import { createStay } from '@/lib/client/live/room'
import type { Guest, Room } from '@/lib/domain/live/presence'

const nobody: readonly Guest<never>[] = []

/**
 * Who else of the staff is in a room, and what they say there. At most one word a second is sent, the latest; who
 * says nothing for 25 s is gone. Only for people to see each other: nothing may depend on it.
 *
 * @param mine what the others see of this page. Something small: a name and a field.
 */
export function usePresence<State extends object>(room: Room<State>, mine: State): readonly Guest<State>[] {
  const registry = useRegistry()
  // The name stands for the room: components may declare it anew with every render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const stay = useMemo(
    () => registry.part(`room ${room.name}`, (surroundings) => createStay(room, surroundings)),
    [registry, room.name],
  )
  const said = JSON.stringify(mine)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said stands for the state
  useEffect(() => stay.say(mine), [stay, said])
  return useSyncExternalStore(stay.listen, stay.others, () => nobody)
}
