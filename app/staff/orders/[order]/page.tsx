import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { orderPageWords } from '@/app/staff/orders/words'
import { CancelAsManager } from '@/components/staff/orders/cancel-as-manager'
import { HandOver } from '@/components/staff/orders/hand-over'
import { DeskTimeline } from '@/components/staff/orders/history/desk-timeline'
import { OrderMoney } from '@/components/staff/orders/money/order-money'
import { RefundMore } from '@/components/staff/orders/money/refund-more'
import { OrderContents } from '@/components/staff/orders/order-contents'
import { OrderHeading } from '@/components/staff/orders/order-heading'
import { Parcels } from '@/components/staff/orders/parcels/parcels'
import { PickBoard } from '@/components/staff/orders/picking/pick-board'
import { OrderPulse } from '@/components/staff/orders/queue/order-pulse'
import { leaseOf } from '@/components/staff/orders/queue/order-queue'
import { ReturnForm } from '@/components/staff/orders/return-form'
import { Troubles } from '@/components/staff/orders/troubles'
import { Columns } from '@/components/ui/layout/columns'
import { StaffPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
import { formatMoney } from '@/lib/domain/core/money'
import { leasesOf, ordersOf, picksOf } from '@/lib/domain/orders/live'
import { ownLocations, roleReaches } from '@/lib/domain/people/staff'
import { deskOrder } from '@/lib/server/orders/order-desk'
import { actorNames } from '@/lib/server/people/staff'
import { firstValue } from '@/lib/server/platform/live'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: orderPageWords.order }

export default async function OrderDeskRoute({ params }: PageProps<'/staff/orders/[order]'>) {
  const member = await requireStaff('viewer')
  const id = z.guid().safeParse((await params).order)
  if (!id.success) notFound()
  const orderId = id.data
  const token = await currentAccessToken()
  // The live version is read first, so that no concurrent change is taken for known.
  const [pulse, leases, picks] = await Promise.all([
    firstValue(ordersOf([orderId]), token),
    firstValue(leasesOf([orderId]), token),
    firstValue(picksOf([orderId]), token),
  ])
  const [desk, locations, names] = await Promise.all([deskOrder(orderId), activeLocations(), actorNames()])
  if (!desk) notFound()
  const { order, lines } = desk
  const mayPack = roleReaches(member.role, 'stock')
  const own = ownLocations(member, locations)
  const isOpen = order.status === 'placed' || order.status === 'awaiting_payment'
  const handOver = mayPack && order.status === 'placed' && (
    <HandOver
      // It moves when the order is ready, with what was typed into it.
      key="hand-over"
      orderId={orderId}
      lines={lines}
      picks={picks}
      rights={member}
      isSent={order.delivery === 'delivery'}
      due={
        order.payment.status === 'due'
          ? formatMoney({ minor: order.worth_minor, currency: order.currency })
          : null
      }
      isUnpaid={order.payment.status === 'due' || order.payment.status === 'authorised'}
      locations={locations}
    />
  )
  return (
    <StaffPage>
      <OrderPulse orderId={orderId} first={pulse} />
      <OrderHeading desk={desk} locations={locations} />
      <Troubles desk={desk} rights={member} locations={locations} />
      <Columns ratio="3:2">
        <Stack gap={10} atTop>
          {order.ready && handOver}
          {order.status === 'placed' && (
            <PickBoard
              orderId={orderId}
              lines={lines}
              picks={picks}
              lease={leaseOf(leases, orderId, Date.parse(order.now))}
              locations={locations}
              names={names}
              me={member}
            />
          )}
          {!order.ready && handOver}
          <OrderContents order={order} />
          <Parcels order={order} mayChange={mayPack} />
        </Stack>
        <Stack gap={10} atTop>
          <OrderMoney order={order} mayTake={mayPack} />
          {roleReaches(member.role, 'manager') && <RefundMore order={order} />}
          {own.length > 0 && <ReturnForm order={order} locations={own} />}
          <DeskTimeline events={desk.events} currency={order.currency} names={names} />
          {isOpen && roleReaches(member.role, 'manager') && <CancelAsManager orderId={orderId} />}
        </Stack>
      </Columns>
    </StaffPage>
  )
}
