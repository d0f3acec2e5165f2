'use client'

import { useEffect, useState } from 'react'
import { now } from '@/lib/client/live/clock'
import { listenToWindow } from '@/lib/client/live/page'
import { type Freshness, isFresh } from '@/lib/domain/live/freshness'

/** Often enough that no number is older than five seconds before that is said. */
const tickMs = 500

/**
 * Whether rows with this freshness may be shown without a word: while they are live, and for the first seconds after
 * that. Ages are in whole seconds since the last confirmation; null while there is none to tell.
 */
export function useFreshness(freshness: Freshness | null): { isFresh: boolean; ageSeconds: number | null } {
  const isInDoubt = freshness !== null && freshness.name !== 'live'
  /** Since when, and what time it is now on the live clock. */
  const [doubt, setDoubt] = useState<{ since: number; time: number } | null>(null)
  useEffect(() => {
    if (!isInDoubt) return setDoubt(null)
    const since = now()
    const tick = () => setDoubt({ since, time: now() })
    tick()
    const timer = setInterval(tick, tickMs)
    // A returning visitor sees at once how old the page is: a timer that slept goes on where it was.
    const unlisten = listenToWindow({ visibilitychange: tick, pageshow: tick })
    return () => {
      clearInterval(timer)
      unlisten()
    }
  }, [isInDoubt])
  if (!freshness || !doubt) return { isFresh: true, ageSeconds: null }
  const { confirmedAt } = freshness
  return {
    isFresh: isFresh(freshness, doubt.since, doubt.time),
    ageSeconds: confirmedAt === null ? null : Math.max(0, Math.floor((doubt.time - confirmedAt) / 1_000)),
  }
}
