'use client'

import { useEffect } from 'react'
import { textButton } from '@/components/ui/looks'
import { useIsOutdated } from '@/lib/client/forms/outdated'
import { updateNoticeWords } from './words'

/**
 * Says of a page that is older than the shop what to do, and has the browser keep a page for links that are followed offline.
 * Lies over the foot of the page; renders nothing before.
 */
export function UpdateNotice() {
  useEffect(() => {
    // In development files change under one name.
    // biome-ignore lint/style/noProcessEnv: written into the build, not read from an environment
    if (process.env.NODE_ENV === 'production') navigator.serviceWorker?.register('/offline.js').catch(() => 0)
  }, [])
  if (!useIsOutdated()) return null
  return (
    <div
      role="alert"
      className="fixed inset-x-0 bottom-0 z-50 flex items-center justify-center gap-4 bg-sun px-(--gutter) py-1 text-on-sun text-small"
    >
      <p>{updateNoticeWords.theShopWasUpdatedWhile}</p>
      <button type="button" onClick={() => location.reload()} className={textButton}>
        {updateNoticeWords.reload}
      </button>
    </div>
  )
}
