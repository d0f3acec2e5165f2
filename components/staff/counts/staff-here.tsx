'use client'

import { useMemo } from 'react'
import { Text } from '@/components/ui/text/text'
import { usePresence } from '@/lib/client/live/hooks/use-presence'
import type { PresenceChannel } from '@/lib/domain/live/presence-rules'
import { staffHereWords } from './words'

interface Counter {
  name: string
}

/** Other staff members with this count open. Renders a `<p>`, empty without any. */
export function StaffHere({ countId, name }: { countId: string; name: string }) {
  const channel = useMemo(() => channelOf(countId), [countId])
  const others = usePresence(channel, { name })
  const names = [...new Set(others.map(({ state }) => state.name))].sort()
  return (
    <Text size="small" tone="soft" hidesEmpty role="status">
      {names.length > 0 && staffHereWords.alsoHere(names.join(', '))}
    </Text>
  )
}

function channelOf(countId: string): PresenceChannel<Counter> {
  return {
    name: `count:${countId}`,
    parse: (candidate) =>
      typeof candidate === 'object' && candidate && 'name' in candidate && typeof candidate.name === 'string'
        ? { name: candidate.name }
        : null,
  }
}
