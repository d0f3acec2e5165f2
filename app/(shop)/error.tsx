'use client'

import { Apology } from '@/components/shell/apology'
import { TryAgain } from '@/components/shell/try-again'

export default function ShopError({ retry }: { error: Error; retry: () => void }) {
  return (
    <Apology title="That fell off the shelf." picture="/art/pots-sky-clay-4.svg">
      <p>
        The page could not be put together just now. Nothing of yours is lost, and it has been written down.
      </p>
      <TryAgain onClick={retry} />
    </Apology>
  )
}
