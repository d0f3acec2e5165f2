import type { Metadata } from 'next'
import { auditPageWords } from '@/app/staff/words'
import { TrailFilterForm } from '@/components/staff/audit/trail-filter-form'
import { TrailList } from '@/components/staff/audit/trail-list'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { NextPages } from '@/components/ui/navigation/next-pages'
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
  const [{ lines, hasMore }, locations, staff, currency] = await Promise.all([
    readTrail(filter),
    activeLocations(),
    listStaff(),
    shopCurrency(await sessionClient()),
  ])
  const last = lines.at(-1)
  return (
    <StaffPage gap={6}>
      <PageHeading title={auditPageWords.auditTrail}>{auditPageWords.everyChangeWithItsAuthor}</PageHeading>
      <TrailFilterForm key={trailAddress({ ...filter, after: '' })} filter={filter} staff={staff} />
      <TrailList lines={lines} locations={locations} currency={currency} />
      <NextPages
        label={auditPageWords.auditTrailPages}
        first={
          filter.after
            ? { href: trailAddress({ ...filter, after: '' }), label: auditPageWords.backToNewest }
            : null
        }
        next={
          hasMore && last
            ? {
                href: trailAddress({ ...filter, after: `${last.at}~${last.key}` }),
                label: auditPageWords.older,
              }
            : null
        }
      />
    </StaffPage>
  )
}
