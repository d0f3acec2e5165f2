import type { Metadata } from 'next'
import { connection } from 'next/server'
import { orUnavailable } from '@/app/unavailable-page'
import { OwnEntry } from '@/components/shop/waitlist/own-entry'
import { entryWords } from '@/components/shop/waitlist/words'
import { ShopPage } from '@/components/ui/layout/page'
import { EntryAnswer } from '@/lib/domain/waitlist/waitlist'
import { readFlash } from '@/lib/server/http/flash'
import { currentEntry } from '@/lib/server/waitlist/waitlist'

export const instant = false

export const metadata: Metadata = {
  title: entryWords.waitlist,
  robots: { index: false },
  referrer: 'same-origin',
}

/** The entry whose e-mail this browser opened. */
export default orUnavailable('catalogue', async function WaitlistPage() {
  await connection()
  const [entry, answer] = await Promise.all([currentEntry(), readFlash(EntryAnswer)])
  return (
    <ShopPage>
      <OwnEntry entry={entry} answer={answer} />
    </ShopPage>
  )
})
