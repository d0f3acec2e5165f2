'use client'

import { useCookiesBlocked } from '@/lib/client/hooks/use-cookies-blocked'
import { cookieNoticeWords } from './words'

/** The message of a sign-in page to a browser that blocks cookies. Renders a `<p role="alert">`, empty elsewhere. */
export function CookieNotice() {
  const isBlocked = useCookiesBlocked()
  return (
    <p role="alert" className="text-danger empty:hidden">
      {isBlocked && cookieNoticeWords.yourBrowserBlocksCookies}
    </p>
  )
}
