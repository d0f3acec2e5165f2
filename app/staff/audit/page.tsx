import type { Metadata, Route } from 'next'
import { auditPageWords } from '@/app/staff/words'
import { TrailFilterForm } from '@/components/staff/audit/trail-filter-form'
import { TrailList } from '@/components/staff/audit/trail-list'
import { Link } from '@/components/ui/link'
import { TrailFilter, trailAddress } from '@/lib/domain/insight/trail'
import { shopCurrency } from '@/lib/server/imports/imports'
import { readTrail } from '@/lib/server/insight/trail'
import { listStaff } from '@/lib/server/people/people'
import { sessionClient } from '@/lib/server/platform/supabase'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: auditPageWords.auditTrail }

export default async function AuditRoute({ searchParams }: PageProps<'/staff/audit'>) {
  await requireStaff('manager')
  const filter = TrailFilter.parse(await searchParams)
  const [{ lines, hasMore }, locations, colleagues, currency] = await Promise.all([
    readTrail(filter),
    activeLocations(),
    listStaff(),
    shopCurrency(await sessionClient()),
  ])
  const last = lines.at(-1)
  return (
    <main className="page grid gap-6 py-8">
      <header className="grid gap-2">
        <h1 className="display text-heading">{auditPageWords.auditTrail}</h1>
        <p className="max-w-prose text-small text-soft">{auditPageWords.everyChangeWithItsAuthor}</p>
      </header>
      <TrailFilterForm key={trailAddress({ ...filter, after: '' })} filter={filter} colleagues={colleagues} />
      <TrailList lines={lines} locations={locations} currency={currency} />
      {(filter.after || hasMore) && (
        <nav aria-label={auditPageWords.auditTrailPages} className="flex gap-6 text-small">
          {filter.after && (
            <Link href={trailAddress({ ...filter, after: '' }) as Route} className="underlined text-link">
              {auditPageWords.backToNewest}
            </Link>
          )}
          {hasMore && last && (
            <Link
              href={trailAddress({ ...filter, after: `${last.at}~${last.key}` }) as Route}
              className="underlined ms-auto text-link"
            >
              {auditPageWords.older}
            </Link>
          )}
        </nav>
      )}
    </main>
  )
}
