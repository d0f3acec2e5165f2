'use client'

import { useEffect, useState } from 'react'

/**
 * Whether a component has been on the page for this time while the page was still, or was scrolled slowly enough to read:
 * false for components that a reader only scrolls past.
 *
 * @param atFirst true for a component that was there before the page began to run.
 */
export function useHasStayed(ms: number, atFirst: boolean): boolean {
  const [hasStayed, setHasStayed] = useState(atFirst)
  useEffect(() => {
    let from = window.scrollY
    let timer = setTimeout(look, ms)
    function look(): void {
      const isRacing = Math.abs(window.scrollY - from) > window.innerHeight / 3
      from = window.scrollY
      if (isRacing) timer = setTimeout(look, ms)
      else setHasStayed(true)
    }
    return () => clearTimeout(timer)
  }, [ms])
  return hasStayed
}
