'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Has the server render this page again every so often, while somebody looks at it. Renders nothing. */
export function OrderPulse({ everyMs }: { everyMs: number | null }) {
  const router = useRouter()
  useEffect(() => {
    if (everyMs === null) return
    const look = () => document.visibilityState === 'visible' && router.refresh()
    const timer = setInterval(look, everyMs)
    // A page that comes back, from another tab or by the back button, may be old.
    document.addEventListener('visibilitychange', look)
    window.addEventListener('pageshow', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('pageshow', look)
    }
  }, [everyMs, router])
  return null
}
