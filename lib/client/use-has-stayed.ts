'use client'

import { useEffect, useState } from 'react'

/** Whether a component has been there for so long: false for what somebody only scrolls past. */
export function useHasStayed(ms: number): boolean {
  const [hasStayed, setHasStayed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setHasStayed, ms, true)
    return () => clearTimeout(timer)
  }, [ms])
  return hasStayed
}
