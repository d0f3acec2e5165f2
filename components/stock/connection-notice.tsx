'use client'

import { useAtMostEvery } from '@/lib/client/hooks/use-at-most-every'
import { useConnection } from '@/lib/client/live/hooks/use-connection'
import { useFreshness } from '@/lib/client/live/hooks/use-freshness'
import { connectionWords } from './words'

/**
 * How the page stands to the database: nothing to read while it is live, else what is happening and how old the
 * numbers are. Renders a `<p>` that lies over the page, so that nothing moves when it comes or goes; a screen reader
 * hears of it politely, every ten seconds at most.
 */
export function ConnectionNotice() {
  const connection = useConnection()
  const { isFresh, ageSeconds } = useFreshness(connection)
  const words = connection && !isFresh ? connectionWords(connection.name, ageSeconds) : ''
  const announced = useAtMostEvery(10_000, words)
  return (
    <>
      <p
        aria-hidden="true"
        data-open={words !== '' || undefined}
        className="pointer-events-none fixed bottom-4 left-1/2 z-50 -translate-x-1/2 whitespace-nowrap rounded-full bg-ink px-4 py-2 text-paper text-small figures opacity-0 transition-opacity data-open:opacity-100"
      >
        {words}
      </p>
      <p role="status" className="sr-only">
        {announced}
      </p>
    </>
  )
}
