'use client'

import { Apology } from '@/components/shell/apology'
import { TryAgain } from '@/components/shell/try-again'
import './globals.css'

/** The last resort: replaces the whole document when the root layout itself fails. */
export default function GlobalError({ retry }: { error: Error; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Shut for a moment</title>
        <main>
          <Apology title="The shop is shut for a moment." picture="/art/lantern-cobalt-brass-4.svg">
            <p>Something in our own house does not work. Try again in a minute.</p>
            <TryAgain onClick={retry} />
          </Apology>
        </main>
      </body>
    </html>
  )
}
