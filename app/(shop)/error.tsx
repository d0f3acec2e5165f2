'use client'

import { Apology } from '@/components/shell/apology'
import { catalogueUnavailable } from '@/components/shell/catalogue-unavailable'
import { TryAgain } from '@/components/shell/try-again'
import { Unavailable } from '@/components/shell/unavailable'
import { isUnavailable } from '@/lib/domain/core/unavailable'
import { errorWords } from './words'

export default function ShopError({ error, retry }: { error: Error; retry: () => void }) {
  if (isUnavailable(error)) return <Unavailable {...catalogueUnavailable} />
  return (
    <Apology title={errorWords.somethingWentWrong} picture="/art/pots-sky-clay-4.svg">
      <p>{errorWords.thisPageCouldNotBe}</p>
      <TryAgain onClick={retry} />
    </Apology>
  )
}
