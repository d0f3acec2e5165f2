'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'

/** Whether an element is on screen, or nearly. Give its `ref` to the element. Where that cannot be known, it is. */
export function useInView<Shown extends Element>(): { ref: RefObject<Shown | null>; isInView: boolean } {
  const ref = useRef<Shown>(null)
  const [isInView, setIsInView] = useState(false)
  useEffect(() => {
    if (!ref.current) return
    if (typeof IntersectionObserver === 'undefined') return setIsInView(true)
    const observer = new IntersectionObserver(
      (entries) => setIsInView(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: '200px' },
    )
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])
  return { ref, isInView }
}
