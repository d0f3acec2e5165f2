'use client'

import { useEffect, useState } from 'react'
import { type Freshness, isFresh } from '@/lib/domain/live/freshness'
import { now } from './clock'

/** The time on the live clock, each second, while `ticking`; null before the first tick. */
function useNow(ticking: boolean): number | null {
  const [time, setTime] = useState<number | null>(null)
  useEffect(() => {
    if (!ticking) return setTime(null)
    setTime(now())
    const timer = setInterval(() => setTime(now()), 1_000)
    return () => clearInterval(timer)
  }, [ticking])
  return time
}

/**
 * Whether rows with this freshness may be shown as they are, and their age when not: true while they are live and
 * for the first seconds after; then false, until they are again. Ages are whole seconds since the last confirmation,
 * null when there was none.
 */
export function useFreshness(freshness: Freshness | null): { isFresh: boolean; ageSeconds: number | null } {
  const isUncertain = freshness !== null && freshness.name !== 'live'
  const [since] = useState(now)
  const time = useNow(isUncertain)
  if (!isUncertain || time === null) return { isFresh: true, ageSeconds: null }
  const ageSeconds =
    freshness.confirmedAt === null ? null : Math.floor((time - freshness.confirmedAt) / 1_000)
  return { isFresh: isFresh(freshness, since, time), ageSeconds }
}
