import type { Metadata } from 'next'
import { holdsPageWords } from '@/app/staff/words'
import { BlockList } from '@/components/staff/holds/block-list'
import { CancelOrders, type FoundOrders } from '@/components/staff/holds/cancel-orders'
import { HoldList } from '@/components/staff/holds/hold-list'
import { HolderSums } from '@/components/staff/holds/holder-sums'
import { HoldsPulse } from '@/components/staff/holds/holds-pulse'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Section } from '@/components/ui/layout/section'
import { TextLink } from '@/components/ui/text/text-link'
import { HoldFilter, OrderFilter } from '@/lib/domain/holds/hold-desk'
import { roleReaches } from '@/lib/domain/people/staff'
import { countUnpaidOrders, readHolds } from '@/lib/server/holds/hold-desk'
import { shopCurrency } from '@/lib/server/imports/imports'
import { sessionClient } from '@/lib/server/platform/supabase'
import { requireStaff } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: holdsPageWords.holds }

export default async function HoldsRoute({ searchParams }: PageProps<'/staff/holds'>) {
  const member = await requireStaff('viewer')
  const asked = await searchParams
  const filter = HoldFilter.parse(asked)
  const isManager = roleReaches(member.role, 'manager')
  const [desk, found, currency] = await Promise.all([
    readHolds(filter),
    isManager && asked.find ? findOrders(asked) : null,
    shopCurrency(await sessionClient()),
  ])
  const isNarrowed = Object.values(filter).some(Boolean)
  return (
    <StaffPage>
      <HoldsPulse />
      <PageHeading
        title={holdsPageWords.holds}
        actions={
          isNarrowed && (
            <TextLink tone="link" size="small" href="/staff/holds">
              {holdsPageWords.showAllHolds}
            </TextLink>
          )
        }
      />
      <HolderSums desk={desk} canBlock={isManager} />
      <BlockList blocks={desk.blocks} canUnblock={isManager} />
      <Section id="holds" title={holdsPageWords.unitsHeld} gap={3}>
        <HoldList holds={desk.holds} canEnd={roleReaches(member.role, 'stock')} />
      </Section>
      {isManager && <CancelOrders found={found} network={filter.network} currency={currency} />}
    </StaffPage>
  )
}

/** The orders a filter means; null for one that means none in particular. */
async function findOrders(asked: Record<string, string | string[] | undefined>): Promise<FoundOrders | null> {
  const filled = Object.fromEntries(Object.entries(asked).filter(([, value]) => value))
  const filter = OrderFilter.safeParse(filled)
  if (!filter.success) return null
  const counted = await countUnpaidOrders(filter.data)
  return counted.ok ? { ...counted.data, filter: filter.data } : null
}
