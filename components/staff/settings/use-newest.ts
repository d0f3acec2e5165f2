'use client'

import { useState } from 'react'

/**
 * The values a form begins with. While nothing was typed they follow what other managers save; after that, `isOlder` says
 * that they were overtaken.
 */
export function useNewest<Value extends { version: number }>(latest: Value) {
  const [own, setOwn] = useState(latest)
  const [isTouched, setIsTouched] = useState(false)
  const isNewer = latest.version > own.version
  if (isNewer && !isTouched) setOwn(latest)
  return {
    shown: own,
    isOlder: isNewer && isTouched,
    setIsTouched,
    showNewest(): void {
      setOwn(latest)
      setIsTouched(false)
    },
  }
}
