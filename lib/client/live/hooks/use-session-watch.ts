'use client'

import { useEffect } from 'react'
import { createDocumentFreshness } from '@/lib/client/live/document-freshness'
import { useLiveClient } from '@/lib/client/live/provider'
import { listenToWindow } from '@/lib/client/live/window-visibility'

/** How often the session is checked while the page is visible, in milliseconds. */
const checkMs = 30_000

/**
 * For a page of a signed-in person that follows no rows: the page is signed out once the session has ended. Checked when
 * the page is shown again, and now and then.
 *
 * @param isSignedIn asks the server; must be the same function from render to render.
 */
export function useSessionWatch(isSignedIn: () => Promise<boolean>): void {
  const documents = useLiveClient().resource('documents', createDocumentFreshness)
  useEffect(() => {
    const reader = {}
    function check(): void {
      if (document.visibilityState === 'hidden') return
      isSignedIn().then(
        (isStill) => documents.report(reader, isStill ? null : { name: 'signed-out', confirmedAt: null }),
        // No answer says nothing about the session.
        () => undefined,
      )
    }
    const timer = setInterval(check, checkMs)
    const unlisten = listenToWindow({ visibilitychange: check, pageshow: check })
    return () => {
      clearInterval(timer)
      unlisten()
      documents.report(reader, null)
    }
  }, [documents, isSignedIn])
}
