import { catalogueDate } from '@/lib/server/resilience/last-known'
import { markDegraded } from '@/lib/server/resilience/page-status'
import { catalogueNoticeWords } from './words'

/** Says how old a catalogue page is while the database cannot be asked. Render it after all that the page reads. */
export async function CatalogueNotice() {
  const readAt = catalogueDate()
  if (readAt === null) return null
  await markDegraded()
  return (
    <p role="status" className="page mt-6 text-small" data-catalogue-from={new Date(readAt).toISOString()}>
      {catalogueNoticeWords.weCantReachOurDatabase} {age(Date.now() - readAt)}{' '}
      {catalogueNoticeWords.agoSoStockCantBe}
    </p>
  )
}

function age(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return catalogueNoticeWords.lessThanAMinute
  if (minutes < 120)
    return minutes === 1 ? catalogueNoticeWords.aMinute : catalogueNoticeWords.minutes(minutes)
  return catalogueNoticeWords.hours(Math.floor(minutes / 60))
}
