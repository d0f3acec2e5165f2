'use client'

import { useEffect, useState } from 'react'
import { type Freshness, isFresh } from '@/lib/domain/live/freshness'
import { now } from './clock'
import { listenToWindow } from './page'

/** Often enough that no number is older than five seconds before that is said. */
const tickMs = 500

/** When `isRunning` began and what time it is now on the live clock, kept up to date; null while it is not. */
function useStopwatch(isRunning: boolean): { since: number; time: number } | null {
  const [watch, setWatch] = useState<{ since: number; time: number } | null>(null)
  useEffect(() => {
    if (!isRunning) return setWatch(null)
    const since = now()
    const tick = () => setWatch({ since, time: now() })
    tick()
    const timer = setInterval(tick, tickMs)
    // Who comes back to a page sees at once how old it is: a timer that slept goes on where it was.
    const unlisten = listenToWindow({ visibilitychange: tick, pageshow: tick })
    return () => {
      clearInterval(timer)
      unlisten()
    }
  }, [isRunning])
  return watch
}

/**
 * Whether rows with this freshness may be shown without a word: while they are live, and for the first seconds after
 * that. Ages are in whole seconds since the last confirmation; null while there is none to tell.
 */
export function useFreshness(freshness: Freshness | null): { isFresh: boolean; ageSeconds: number | null } {
  const watch = useStopwatch(freshness !== null && freshness.name !== 'live')
  if (!freshness || !watch) return { isFresh: true, ageSeconds: null }
  const { confirmedAt } = freshness
  return {
    isFresh: isFresh(freshness, watch.since, watch.time),
    ageSeconds: confirmedAt === null ? null : Math.max(0, Math.floor((watch.time - confirmedAt) / 1_000)),
  }
}
