'use client'

import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { now } from '@/lib/client/live/clock'
import { listenToWindow } from '@/lib/client/live/window-visibility'
import type { Freshness } from '@/lib/domain/live/freshness'

/** Longer than this nobody is kept waiting: the page says how old it is by then, and the server decides. */
const patienceMs = 2_000

/**
 * Whether the user has just returned to this page, from another tab or by the back button, and rows with this freshness
 * may be outdated. True before the first click can arrive.
 */
export function useReturn(freshness: Freshness): boolean {
  const [returnedAt, setReturnedAt] = useState<number | null>(null)

  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined
    function comeBack(): void {
      if (document.visibilityState === 'hidden') return
      clearTimeout(waiting)
      waiting = setTimeout(setReturnedAt, patienceMs, null)
      flushSync(() => setReturnedAt(now()))
    }
    // Captured: before the client hears of it, which begins to fetch.
    const unlisten = listenToWindow(
      { visibilitychange: comeBack, pageshow: ({ persisted }) => persisted && comeBack() },
      true,
    )
    return () => {
      clearTimeout(waiting)
      unlisten()
    }
  }, [])

  const { name, confirmedAt } = freshness
  return returnedAt !== null && name !== 'live' && (confirmedAt ?? -1) < returnedAt
}
