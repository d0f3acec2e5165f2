'use client'

import { useMemo } from 'react'
import { Text } from '@/components/ui/text/text'
import { usePresence } from '@/lib/client/live/hooks/use-presence'
import type { PresenceChannel } from '@/lib/domain/live/presence-rules'
import { othersHereWords } from './words'

interface Reader {
  name: string
  /** Whether there is something in the field of the answer. */
  hasDraft: boolean
}

/** Other staff members with this conversation open, first those who have begun an answer. Renders a `<p>`. */
export function OthersHere({ id, name, hasDraft }: { id: string } & Reader) {
  const channel = useMemo(() => channelOf(id), [id])
  const others = usePresence(channel, { name, hasDraft }).map(({ state }) => state)
  const namesOf = (some: readonly Reader[]) => [...new Set(some.map((reader) => reader.name))].sort()
  const writing = namesOf(others.filter((reader) => reader.hasDraft))
  const reading = namesOf(others).filter((other) => !writing.includes(other))
  return (
    <Text size="small" tone={writing.length > 0 ? 'low' : 'soft'} hidesEmpty role="status">
      {writing.length > 0 && `${othersHereWords.hasDraft(writing)} `}
      {reading.length > 0 && othersHereWords.alsoHere(reading)}
    </Text>
  )
}

function channelOf(id: string): PresenceChannel<Reader> {
  return {
    name: `conversation:${id}`,
    parse: (candidate) =>
      typeof candidate === 'object' && candidate && 'name' in candidate && typeof candidate.name === 'string'
        ? { name: candidate.name, hasDraft: 'hasDraft' in candidate && candidate.hasDraft === true }
        : null,
  }
}
