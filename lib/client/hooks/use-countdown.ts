'use client'

import { useEffect, useState } from 'react'
import { now } from '@/lib/client/live/clock'

/**
 * The rest of a time limit, in milliseconds, each second; null until the page runs. Counted on this page's own clock from
 * the server's response, so that a wrong or corrected wall clock does not matter.
 *
 * @param leftMs the rest of the time when the server responded.
 * @param asOf the server's time of that response; a new one restarts the countdown.
 */
export function useCountdown(leftMs: number, asOf: string): number | null {
  const [left, setLeft] = useState<number | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer with the same remainder is still a new one.
  useEffect(() => {
    const end = now() + leftMs
    const tick = () => setLeft(Math.max(0, end - now()))
    tick()
    if (!(leftMs > 0 && Number.isFinite(leftMs))) return
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [leftMs, asOf])
  return left
}
