'use client'

import { useMemo } from 'react'
import { usePresence } from '@/lib/client/live/hooks/use-presence'
import type { Room } from '@/lib/domain/live/presence'
import { staffHereWords } from './words'

interface Counter {
  name: string
}

/** Who else has this count open. Renders a `<p>`, empty when nobody has. */
export function ColleaguesHere({ countId, name }: { countId: string; name: string }) {
  const room = useMemo(() => roomOf(countId), [countId])
  const others = usePresence(room, { name })
  const names = [...new Set(others.map(({ state }) => state.name))].sort()
  return (
    <p role="status" className="text-small text-soft empty:hidden">
      {names.length > 0 && staffHereWords.alsoHere(names.join(', '))}
    </p>
  )
}

function roomOf(countId: string): Room<Counter> {
  return {
    name: `count:${countId}`,
    parse: (candidate) =>
      typeof candidate === 'object' && candidate && 'name' in candidate && typeof candidate.name === 'string'
        ? { name: candidate.name }
        : null,
  }
}
