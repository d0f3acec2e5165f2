'use client'

import { Apology } from '@/components/shell/apology'
import { TryAgain } from '@/components/shell/try-again'

/** When even the shop's frame cannot be drawn, mostly because the database cannot be reached. */
export default function RootError({ retry }: { error: Error; retry: () => void }) {
  return (
    <main>
      <Apology title="The shop is shut for a moment." picture="/art/lantern-cobalt-brass-4.svg">
        <p>We cannot reach our own shelves, so we will not guess what is on them. Try again in a minute.</p>
        <TryAgain onClick={retry} />
      </Apology>
    </main>
  )
}
