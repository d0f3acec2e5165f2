'use client'

import { useConnection } from '@/lib/client/live/hooks/use-connection'
import { liveMarkWords } from './words'

/** A quiet word in the bar while everything on the page is live; its place is kept when it is not. Renders a `<span>`. */
export function LiveMark() {
  const isLive = useConnection()?.name === 'live'
  return (
    <span
      aria-hidden="true"
      data-live={isLive || undefined}
      className="shrink-0 text-fine text-in invisible data-live:visible"
    >
      <span className="me-1.5 inline-block size-2 rounded-full bg-current" />
      {liveMarkWords.live}
    </span>
  )
}
