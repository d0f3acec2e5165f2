'use client'

import { useEffect, useRef, useState } from 'react'

/** `value`, but changing no more often than every `ms` milliseconds: the first change at once, then the latest. */
export function useAtMostEvery<Value>(ms: number, value: Value): Value {
  const [shown, setShown] = useState(value)
  const shownAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    if (value === shown) return
    const show = () => {
      shownAt.current = performance.now()
      setShown(value)
    }
    const timer = setTimeout(show, Math.max(0, shownAt.current + ms - performance.now()))
    return () => clearTimeout(timer)
  }, [ms, value, shown])
  return shown
}
