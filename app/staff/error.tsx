'use client'

import { Apology } from '@/components/shell/apology'
import { TryAgain } from '@/components/shell/try-again'
import { Unavailable } from '@/components/shell/unavailable'
import { unavailableWords } from '@/components/shell/unavailable-words'
import { isUnavailable } from '@/lib/domain/core/unavailable'
import { errorWords } from './words'

export default function StaffError({ error, retry }: { error: Error; retry: () => void }) {
  if (isUnavailable(error)) return <Unavailable {...unavailableWords.staff} isStaff />
  return (
    <main>
      <Apology title={errorWords.somethingWentWrong} picture="/art/pots-sky-clay-4.svg">
        <p>{errorWords.thisPageCouldNotBe}</p>
        <TryAgain onClick={retry} />
      </Apology>
    </main>
  )
}
