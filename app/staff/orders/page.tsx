import type { Metadata } from 'next'
import { ordersPageWords } from '@/app/staff/orders/words'
import { reportsPageWords } from '@/app/staff/words'
import { PickNext } from '@/components/staff/orders/picking/pick-next'
import { QueuePulse } from '@/components/staff/orders/queue/order-pulse'
import { OrderQueue } from '@/components/staff/orders/queue/order-queue'
import { QueueFilterForm } from '@/components/staff/orders/queue/queue-filter-form'
import { QueueTabs } from '@/components/staff/orders/queue/queue-tabs'
import { emptyWords } from '@/components/staff/orders/words'
import { keptByOthersWords } from '@/components/staff/shell/words'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Row } from '@/components/ui/layout/row'
import { NextPages } from '@/components/ui/navigation/next-pages'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { leasesOf, newestOrders, ordersOf, picksOf } from '@/lib/domain/orders/live'
import { OrderFilter, ordersAddress } from '@/lib/domain/orders/order-desk'
import { isKeptByOthers, roleReaches } from '@/lib/domain/people/staff'
import { searchOrders, waitingOrders } from '@/lib/server/orders/order-desk'
import { actorNames } from '@/lib/server/people/staff'
import { firstPage, firstValue } from '@/lib/server/platform/live'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: ordersPageWords.orders }

export default async function OrdersRoute({ searchParams }: PageProps<'/staff/orders'>) {
  const member = await requireStaff('viewer')
  const filter = OrderFilter.parse(await searchParams)
  const token = await currentAccessToken()
  const [page, waiting, locations, names, newest] = await Promise.all([
    searchOrders(filter),
    waitingOrders(),
    activeLocations(),
    actorNames(),
    firstPage(newestOrders, token),
  ])
  const ids = page.entries.map(({ order_id }) => order_id)
  const [shown, leases, picks] = await Promise.all([
    firstValue(ordersOf(ids), token),
    firstValue(leasesOf(ids), token),
    firstValue(picksOf(ids), token),
  ])
  const last = page.entries.at(-1)
  return (
    <StaffPage gap={6}>
      <QueuePulse newest={newest} shown={shown} />
      <PageHeading
        title={ordersPageWords.orders}
        actions={
          <Row align="center" gap="wide">
            <TextLink tone="link" size="small" href="/staff/reports">
              {reportsPageWords.salesReport}
            </TextLink>
            {roleReaches(member.role, 'manager') && (
              <>
                <TextLink tone="link" size="small" href="/staff/export">
                  {ordersPageWords.exportOrders}
                </TextLink>
                <TextLink tone="link" size="small" href="/staff/mail">
                  {ordersPageWords.eMails}
                </TextLink>
              </>
            )}
            {filter.location && isKeptByOthers(member, filter.location) ? (
              <Text size="small" tone="soft">
                {keptByOthersWords(filter.location, locations)}
              </Text>
            ) : (
              roleReaches(member.role, 'stock') && <PickNext locationId={filter.location} />
            )}
          </Row>
        }
      />
      <QueueTabs filter={filter} waiting={waiting} />
      <QueueFilterForm key={filter.stage} filter={filter} locations={locations} />
      {page.entries.length === 0 ? (
        <EmptyState isPage>
          {filter.q || filter.paid || filter.location
            ? ordersPageWords.noOrdersMatchTryAnother
            : emptyWords[filter.stage]}
        </EmptyState>
      ) : (
        <OrderQueue
          entries={page.entries}
          leases={leases}
          picks={picks}
          now={Date.now()}
          locations={locations}
          names={names}
        />
      )}
      <NextPages
        label={ordersPageWords.orderPages}
        first={
          filter.after
            ? { href: ordersAddress({ ...filter, after: '' }), label: ordersPageWords.backToFirstPage }
            : null
        }
        next={
          page.hasMore && last
            ? { href: ordersAddress({ ...filter, after: last.order_id }), label: ordersPageWords.nextOrders }
            : null
        }
      />
    </StaffPage>
  )
}
