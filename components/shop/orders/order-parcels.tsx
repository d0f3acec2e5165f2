import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import { type Parcel, parcelsOf } from '@/lib/domain/orders/parcels'
import { orderParcelsWords } from './words'

/** How the parcels of an order travel. Renders a `<section>`, or nothing while no carrier is known. */
export function OrderParcels({ order }: { order: Order }) {
  const known = parcelsOf(order).filter(({ carrier }) => carrier !== null)
  if (known.length === 0) return null
  return (
    <Section id="tracking" title={orderParcelsWords.tracking}>
      <Stack as="ul" gap={2}>
        {known.map((parcel) => (
          <li key={parcel.handOver}>
            <Tracking {...parcel} />
            <Text as="time" size="fine" tone="soft" figures block dateTime={parcel.at}>
              {shopTime(parcel.at)}
            </Text>
            {parcel.deliveredAt && (
              <Text as="time" size="fine" weight="medium" figures block dateTime={parcel.deliveredAt}>
                {orderParcelsWords.delivered(shopTime(parcel.deliveredAt))}
              </Text>
            )}
          </li>
        ))}
      </Stack>
    </Section>
  )
}

function Tracking({ carrier, trackingNumber, link }: Parcel) {
  if (!carrier || !trackingNumber) return orderParcelsWords.sentWith(carrier ?? '')
  if (!link)
    return (
      <Text as="span" breaks>
        {orderParcelsWords.code(carrier, trackingNumber)}
      </Text>
    )
  return (
    <TextLink href={link} rel="noreferrer" isTall>
      {orderParcelsWords.track(carrier, trackingNumber)}
    </TextLink>
  )
}
