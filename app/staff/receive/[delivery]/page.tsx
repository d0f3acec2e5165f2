import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { deliveryPageWords } from '@/app/staff/receive/words'
import { DeliveryDesk } from '@/components/staff/deliveries/delivery-desk'
import { deliveryName, routeWords } from '@/components/staff/deliveries/words'
import { WayBack } from '@/components/staff/shell/way-back'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { readDelivery } from '@/lib/server/deliveries/deliveries'
import { actorNames } from '@/lib/server/people/staff'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: deliveryPageWords.delivery }

export default async function DeliveryRoute({ params }: PageProps<'/staff/receive/[delivery]'>) {
  const member = await requireStaff('viewer')
  const id = z.guid().safeParse((await params).delivery)
  if (!id.success) notFound()
  const [read, locations, names] = await Promise.all([readDelivery(id.data), activeLocations(), actorNames()])
  if (!read) notFound()
  const { delivery } = read
  return (
    <StaffPage gap={6}>
      <PageHeading
        above={<WayBack href="/staff/receive">{deliveryPageWords.receive}</WayBack>}
        title={deliveryName(delivery)}
      >
        {routeWords(delivery, locations)}
        {delivery.document && `, ${delivery.document}`}
      </PageHeading>
      <DeliveryDesk first={read} names={names} rights={member} locations={locations} />
    </StaffPage>
  )
}
