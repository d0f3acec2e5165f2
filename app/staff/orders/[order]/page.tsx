import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { orderPageWords } from '@/app/staff/words'
import { CancelAsManager } from '@/components/staff/orders/cancel-as-manager'
import { DeskTimeline } from '@/components/staff/orders/desk-timeline'
import { HandOver } from '@/components/staff/orders/hand-over'
import { OrderContents } from '@/components/staff/orders/order-contents'
import { OrderHeading } from '@/components/staff/orders/order-heading'
import { OrderMoney } from '@/components/staff/orders/order-money'
import { PickBoard } from '@/components/staff/orders/picking/pick-board'
import { OrderPulse } from '@/components/staff/orders/queue/order-pulse'
import { leaseOf } from '@/components/staff/orders/queue/order-queue'
import { ReturnForm } from '@/components/staff/orders/return-form'
import { Troubles } from '@/components/staff/orders/troubles'
import { Columns } from '@/components/ui/layout/columns'
import { StaffPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
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
      orderId={orderId}
      lines={lines}
      picks={picks}
      rights={member}
      isSent={order.delivery === 'delivery'}
      isUnpaid={order.payment.status === 'due'}
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
        </Stack>
        <Stack gap={10} atTop>
          <OrderMoney order={order} mayTake={mayPack} />
          {own.length > 0 && <ReturnForm order={order} locations={own} />}
          <DeskTimeline events={desk.events} currency={order.currency} names={names} />
          {isOpen && roleReaches(member.role, 'manager') && <CancelAsManager orderId={orderId} />}
        </Stack>
      </Columns>
    </StaffPage>
  )
}
