'use client'

import { useEffect, useState } from 'react'

/** Whether this browser says that it blocks cookies; false until the page runs. */
export function useCookiesBlocked(): boolean {
  const [isBlocked, setBlocked] = useState(false)
  useEffect(() => setBlocked(!navigator.cookieEnabled), [])
  return isBlocked
}
