import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { changeParcel, markDelivered } from '@/lib/actions/staff/order-desk'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import { type Parcel, parcelsOf } from '@/lib/domain/orders/parcels'
import { ParcelFields } from './parcel-fields'
import { parcelWords } from './words'

/** The parcels of an order, each with its tracking. Renders a `<section>`, or nothing before one has left. */
export function Parcels({ order, mayChange }: { order: Order; mayChange: boolean }) {
  const parcels = parcelsOf(order)
  if (parcels.length === 0) return null
  return (
    <Section id="parcels" title={parcelWords.parcels}>
      <Stack as="ul" gap={4}>
        {parcels.map((parcel) => (
          <Stack as="li" gap={1} key={parcel.handOver}>
            <Text size="small" tone="soft">
              {parcelWords.sentAt(shopTime(parcel.at))}
            </Text>
            <Tracking parcel={parcel} />
            {parcel.deliveredAt && (
              <Text size="small" weight="medium">
                {parcelWords.deliveredAt(shopTime(parcel.deliveredAt))}
              </Text>
            )}
            {mayChange && <DeliveredForm orderId={order.order_id} parcel={parcel} />}
            {mayChange && <ChangeForm orderId={order.order_id} parcel={parcel} />}
          </Stack>
        ))}
      </Stack>
    </Section>
  )
}

function Tracking({ parcel: { carrier, trackingNumber, link } }: { parcel: Parcel }) {
  if (!carrier) return <p>{parcelWords.noTracking}</p>
  return (
    <p>
      {carrier}{' '}
      {link ? (
        <TextLink href={link} rel="noreferrer" tone="link" isTall>
          {trackingNumber}
        </TextLink>
      ) : (
        <Text as="span" figures>
          {trackingNumber}
        </Text>
      )}
    </p>
  )
}

function DeliveredForm({ orderId, parcel }: { orderId: string; parcel: Parcel }) {
  const name = parcel.deliveredAt ? parcelWords.notDelivered : parcelWords.markDelivered
  return (
    <ActionForm
      action={markDelivered}
      fields={{
        order_id: orderId,
        hand_over: parcel.handOver,
        delivered: String(parcel.deliveredAt === null),
      }}
      label={name}
    >
      <Button>{name}</Button>
    </ActionForm>
  )
}

function ChangeForm({ orderId, parcel }: { orderId: string; parcel: Parcel }) {
  const title = parcel.carrier ? parcelWords.correctTracking : parcelWords.addTracking
  return (
    <Disclosure look="link" summary={title}>
      <ActionForm
        // After a change another form, which begins with what is saved.
        key={`${parcel.carrier} ${parcel.trackingNumber}`}
        action={changeParcel}
        fields={{ order_id: orderId, hand_over: parcel.handOver }}
        label={title}
        done={parcelWords.saved}
      >
        <ParcelFields id={`of-${parcel.handOver}`} parcel={parcel} />
        <Text size="small" tone="soft">
          {parcelWords.theCustomerGetsAnEmail}
        </Text>
        <Button>{parcelWords.save}</Button>
      </ActionForm>
    </Disclosure>
  )
}
