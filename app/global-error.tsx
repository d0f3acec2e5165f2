'use client'

import { Apology } from '@/components/shell/apology'
import { TryAgain } from '@/components/shell/try-again'
import './globals.css'

/** The last resort: replaces the whole document when the root layout itself fails. */
export default function GlobalError({ retry }: { error: Error; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Shop unavailable</title>
        <main>
          <Apology title="The shop is unavailable." picture="/art/lantern-cobalt-brass-4.svg">
            <p>Something went wrong on our side. Try again in a minute.</p>
            <TryAgain onClick={retry} />
          </Apology>
        </main>
      </body>
    </html>
  )
}
