'use client'

import { useEffect, useState } from 'react'

/**
 * Whether a component has been there for so long while the page stood still, or was scrolled no faster than one can
 * read: false for what somebody only scrolls past.
 *
 * @param atFirst true for what was there before the page began to run.
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
