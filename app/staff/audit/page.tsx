import type { Metadata, Route } from 'next'
import { TrailFilterForm } from '@/components/staff/audit/trail-filter-form'
import { TrailList } from '@/components/staff/audit/trail-list'
import { Link } from '@/components/ui/link'
import { TrailFilter, trailAddress } from '@/lib/domain/insight/trail'
import { shopCurrency } from '@/lib/server/imports/imports'
import { readTrail } from '@/lib/server/insight/trail'
import { allColleagues } from '@/lib/server/people/people'
import { sessionClient } from '@/lib/server/platform/supabase'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: 'Audit trail' }

export default async function AuditRoute({ searchParams }: PageProps<'/staff/audit'>) {
  await requireStaff('manager')
  const filter = TrailFilter.parse(await searchParams)
  const [{ lines, hasMore }, locations, colleagues, currency] = await Promise.all([
    readTrail(filter),
    activeLocations(),
    allColleagues(),
    shopCurrency(await sessionClient()),
  ])
  const last = lines.at(-1)
  return (
    <main className="page grid gap-6 py-8">
      <header className="grid gap-2">
        <h1 className="display text-heading">Audit trail</h1>
        <p className="max-w-prose text-small text-soft">
          Every change with its author and time. Entries can’t be edited or deleted.
        </p>
      </header>
      <TrailFilterForm key={trailAddress({ ...filter, after: '' })} filter={filter} colleagues={colleagues} />
      <TrailList lines={lines} locations={locations} currency={currency} />
      {(filter.after || hasMore) && (
        <nav aria-label="Audit trail pages" className="flex gap-6 text-small">
          {filter.after && (
            <Link href={trailAddress({ ...filter, after: '' }) as Route} className="underlined text-link">
              Back to newest
            </Link>
          )}
          {hasMore && last && (
            <Link
              href={trailAddress({ ...filter, after: `${last.at}~${last.key}` }) as Route}
              className="underlined ms-auto text-link"
            >
              Older
            </Link>
          )}
        </nav>
      )}
    </main>
  )
}
