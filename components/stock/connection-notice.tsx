'use client'

import { useAtMostEvery } from '@/lib/client/hooks/use-at-most-every'
import { useConnection } from '@/lib/client/live/hooks/use-connection'
import { useFreshness } from '@/lib/client/live/hooks/use-freshness'
import { connectionWords, signInWord } from './words'

/**
 * The connection of the page: empty while it is live, else its state and the age of the numbers. Renders a `<p>`
 * that lies over the page, so that nothing moves; a screen reader hears of it politely, every ten seconds at most. A
 * page with an ended session offers to sign in, and returns here.
 */
export function ConnectionNotice({ signInPath }: { signInPath: string }) {
  const connection = useConnection()
  const { isFresh, ageSeconds } = useFreshness(connection)
  const words = connection && !isFresh ? connectionWords(connection.name, ageSeconds) : ''
  const announced = useAtMostEvery(10_000, words)
  const isSignedOut = connection?.name === 'signed-out'
  return (
    <>
      <p
        aria-hidden={!isSignedOut}
        data-open={words !== '' || undefined}
        className="pointer-events-none fixed bottom-4 left-1/2 z-50 -translate-x-1/2 whitespace-nowrap rounded-full bg-ink px-4 py-2 text-ground text-small figures opacity-0 transition-opacity data-open:opacity-100"
      >
        <span>{words}</span>
        {isSignedOut && (
          <span>
            {'. '}
            <a href={signInAddress(signInPath)} className="pointer-events-auto underline">
              {signInWord}
            </a>
          </span>
        )}
      </p>
      <p role="status" className="sr-only">
        {announced}
      </p>
    </>
  )
}

/** Only in a browser: a page that the server renders is not signed out yet. */
function signInAddress(path: string): string {
  return `${path}?next=${encodeURIComponent(location.pathname + location.search)}`
}
