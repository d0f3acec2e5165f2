'use client'

import { Apology } from '@/components/shell/apology'
import { TryAgain } from '@/components/shell/try-again'
import { rootErrorWords } from './words'

/** When even the shop's frame cannot be drawn, mostly because the database cannot be reached. */
export default function RootError({ retry }: { error: Error; retry: () => void }) {
  return (
    <main>
      <Apology title={rootErrorWords.theShopIsUnavailable} picture="/art/lantern-cobalt-brass-4.svg">
        <p>{rootErrorWords.weCantLoadThisPage}</p>
        <TryAgain onClick={retry} />
      </Apology>
    </main>
  )
}
