import type { Metadata, Route } from 'next'
import { ordersPageWords } from '@/app/staff/words'
import { PickNext } from '@/components/staff/orders/picking/pick-next'
import { QueuePulse } from '@/components/staff/orders/queue/order-pulse'
import { OrderQueue } from '@/components/staff/orders/queue/order-queue'
import { QueueFilterForm } from '@/components/staff/orders/queue/queue-filter-form'
import { QueueTabs } from '@/components/staff/orders/queue/queue-tabs'
import { emptyWords } from '@/components/staff/orders/words'
import { keptByOthersWords } from '@/components/staff/shell/words'
import { Link } from '@/components/ui/link'
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
    <main className="page grid gap-6 py-8">
      <QueuePulse newest={newest} shown={shown} />
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <h1 className="display text-heading">{ordersPageWords.orders}</h1>
        {roleReaches(member.role, 'manager') && (
          <Link href="/staff/mail" className="underlined text-link text-small">
            {ordersPageWords.eMails}
          </Link>
        )}
        {filter.location && isKeptByOthers(member, filter.location) ? (
          <p className="text-small text-soft">{keptByOthersWords(filter.location, locations)}</p>
        ) : (
          roleReaches(member.role, 'stock') && <PickNext locationId={filter.location} />
        )}
      </header>
      <QueueTabs filter={filter} waiting={waiting} />
      <QueueFilterForm key={filter.stage} filter={filter} locations={locations} />
      {page.entries.length === 0 ? (
        <p className="py-12 text-lead text-soft">
          {filter.q || filter.paid || filter.location
            ? ordersPageWords.noOrdersMatchTryAnother
            : emptyWords[filter.stage]}
        </p>
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
      {(filter.after || page.hasMore) && (
        <nav aria-label={ordersPageWords.orderPages} className="flex gap-6 text-small">
          {filter.after && (
            <Link href={ordersAddress({ ...filter, after: '' }) as Route} className="underlined text-link">
              {ordersPageWords.backToFirstPage}
            </Link>
          )}
          {page.hasMore && last && (
            <Link
              href={ordersAddress({ ...filter, after: last.order_id }) as Route}
              className="underlined ms-auto text-link"
            >
              {ordersPageWords.nextOrders}
            </Link>
          )}
        </nav>
      )}
    </main>
  )
}
