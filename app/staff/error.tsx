'use client'

import { Apology } from '@/components/shell/apology'
import { TryAgain } from '@/components/shell/try-again'
import { Unavailable } from '@/components/shell/unavailable'
import { isUnavailable } from '@/lib/domain/core/unavailable'

export default function StaffError({ error, retry }: { error: Error; retry: () => void }) {
  if (isUnavailable(error)) return <Unavailable part="staff" />
  return (
    <main>
      <Apology title="That did not work." picture="/art/pots-sky-clay-4.svg">
        <p>
          The page could not be put together just now, and it has been written down. What was booked is
          booked; look at the movements if you are unsure.
        </p>
        <TryAgain onClick={retry} />
      </Apology>
    </main>
  )
}
