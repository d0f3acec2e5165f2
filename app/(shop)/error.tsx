'use client'

import { Apology } from '@/components/shell/apology'
import { TryAgain } from '@/components/shell/try-again'
import { Unavailable } from '@/components/shell/unavailable'
import { isUnavailable } from '@/lib/domain/core/unavailable'

export default function ShopError({ error, retry }: { error: Error; retry: () => void }) {
  if (isUnavailable(error)) return <Unavailable part="catalogue" />
  return (
    <Apology title="That fell off the shelf." picture="/art/pots-sky-clay-4.svg">
      <p>
        The page could not be put together just now. Nothing of yours is lost, and it has been written down.
      </p>
      <TryAgain onClick={retry} />
    </Apology>
  )
}
