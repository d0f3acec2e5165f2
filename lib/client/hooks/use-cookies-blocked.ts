'use client'

import { useEffect, useState } from 'react'

/** Whether this browser blocks cookies; false until the page runs. */
export function useCookiesBlocked(): boolean {
  const [isBlocked, setBlocked] = useState(false)
  useEffect(() => setBlocked(!takesCookies()), [])
  return isBlocked
}

/** Tried, because `navigator.cookieEnabled` stays true in a Chromium whose settings block them. */
function takesCookies(): boolean {
  const cookie = 'cookie-check=1'
  // biome-ignore-start lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain HTTP
  document.cookie = `${cookie}; path=/; samesite=lax`
  const isTaken = document.cookie.includes(cookie)
  document.cookie = `${cookie}; path=/; max-age=0`
  // biome-ignore-end lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain HTTP
  return isTaken
}
