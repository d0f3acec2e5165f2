'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const everyMs = 5_000

/** Renders the page again every few seconds while it is seen: holds begin and end without a row that this page follows. */
export function HoldsPulse() {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !isBusy()) router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [router])
  return null
}

/** A choice that is being made, or a reason that is being typed, is not rendered away. */
function isBusy(): boolean {
  return document.querySelector('main input[name="hold"]:checked, main details[open]') !== null
}
