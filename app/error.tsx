'use client'

import { Apology } from '@/components/shell/apology'
import { TryAgain } from '@/components/shell/try-again'

/** When even the shop's frame cannot be drawn, mostly because the database cannot be reached. */
export default function RootError({ retry }: { error: Error; retry: () => void }) {
  return (
    <main>
      <Apology title="The shop is unavailable." picture="/art/lantern-cobalt-brass-4.svg">
        <p>We can’t load this page right now. Try again in a minute.</p>
        <TryAgain onClick={retry} />
      </Apology>
    </main>
  )
}
