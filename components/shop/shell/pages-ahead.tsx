'use client'

import { useEffect } from 'react'

/** Fetches the page of a link that a shopper is about to follow. Renders nothing. */
export function PagesAhead() {
  useEffect(() => {
    // Not needed for this page to be shown, so not part of its scripts.
    const begun = import('@/lib/client/browser/page-ahead').then(({ fetchPagesAhead }) => fetchPagesAhead())
    return () => void begun.then((stop) => stop())
  }, [])
  return null
}
