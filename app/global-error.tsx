'use client'

import { Apology } from '@/components/shell/apology'
import { TryAgain } from '@/components/shell/try-again'
import { rootGlobalErrorWords } from './words'
import './globals.css'

/** The last resort: replaces the whole document when the root layout itself fails. */
export default function GlobalError({ retry }: { error: Error; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>{rootGlobalErrorWords.shopUnavailable}</title>
        <main>
          <Apology
            title={rootGlobalErrorWords.theShopIsUnavailable}
            picture="/art/lantern-cobalt-brass-4.svg"
          >
            <p>{rootGlobalErrorWords.somethingWentWrongOnOur}</p>
            <TryAgain onClick={retry} />
          </Apology>
        </main>
      </body>
    </html>
  )
}
