'use client'

import { useEffect, useState } from 'react'
import { now } from '@/lib/client/live/clock'
import { listenToWindow } from '@/lib/client/live/window-visibility'
import { type Freshness, isFresh } from '@/lib/domain/live/freshness'

/** Often enough that no number is older than five seconds before that is said. */
const tickMs = 500

/**
 * Whether rows with this freshness may be shown without a mark: while they are live, and for the first seconds after
 * that. Ages are in whole seconds since the last confirmation; null while there is none to tell.
 */
export function useFreshness(freshness: Freshness | null): { isFresh: boolean; ageSeconds: number | null } {
  const isUncertain = freshness !== null && freshness.name !== 'live'
  /** Since when, and what time it is now on the live clock. */
  const [uncertainty, setUncertainty] = useState<{ since: number; time: number } | null>(null)
  useEffect(() => {
    if (!isUncertain) return setUncertainty(null)
    const since = now()
    const tick = () => setUncertainty({ since, time: now() })
    tick()
    const timer = setInterval(tick, tickMs)
    // A returning visitor sees at once how old the page is: a timer that slept goes on where it was.
    const unlisten = listenToWindow({ visibilitychange: tick, pageshow: tick })
    return () => {
      clearInterval(timer)
      unlisten()
    }
  }, [isUncertain])
  if (!freshness || !uncertainty) return { isFresh: true, ageSeconds: null }
  const { confirmedAt } = freshness
  return {
    isFresh: isFresh(freshness, uncertainty.since, uncertainty.time),
    ageSeconds:
      confirmedAt === null ? null : Math.max(0, Math.floor((uncertainty.time - confirmedAt) / 1_000)),
  }
}
