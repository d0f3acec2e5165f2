import { catalogueDate } from '@/lib/server/resilience/last-known'

/** Says how old a catalogue page is while the database cannot be asked. Render it after all that the page reads. */
export function CatalogueNotice() {
  const readAt = catalogueDate()
  if (readAt === null) return null
  return (
    <p role="status" className="page mt-6 text-small" data-catalogue-from={new Date(readAt).toISOString()}>
      We can’t reach our database right now. This is the catalogue from {age(Date.now() - readAt)} ago, so
      stock can’t be confirmed.
    </p>
  )
}

function age(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 120) return minutes === 1 ? 'a minute' : `${minutes} minutes`
  return `${Math.floor(minutes / 60)} hours`
}
