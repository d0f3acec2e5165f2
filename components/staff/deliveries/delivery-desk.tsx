'use client'

import { keptByOthersWords } from '@/components/staff/shell/words'
import { Section } from '@/components/ui/layout/section'
import { TopBar } from '@/components/ui/layout/top-bar'
import { Text } from '@/components/ui/text/text'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import type { DeliveryRead } from '@/lib/domain/deliveries/delivery'
import { isKeptByOthers, mayChangeStockAt, type StockRights } from '@/lib/domain/people/staff'
import type { Location } from '@/lib/domain/stock/place'
import { ArrivalForm } from './arrival-form'
import { ClosingForm } from './closing-form'
import { DeliveryLines } from './delivery-lines'
import { useDelivery } from './use-delivery'
import { deliveryDeskWords, eventWords } from './words'

/** Everything of one delivery that people work on together: the field to scan into, the lines, the end, what happened. */
export function DeliveryDesk({
  first,
  names,
  rights,
  locations,
}: {
  first: DeliveryRead
  names: Readonly<Record<string, string>>
  rights: StockRights
  locations: readonly Location[]
}) {
  const { read, take } = useDelivery(first)
  const target = read.delivery.to_location_id
  const isExpected = read.delivery.status === 'expected'
  const isOpen = isExpected && mayChangeStockAt(rights, target)
  return (
    <>
      {isOpen && (
        <TopBar label={deliveryDeskWords.scan}>
          <ArrivalForm deliveryId={read.delivery.id} onReceived={take} />
        </TopBar>
      )}
      {isExpected && isKeptByOthers(rights, target) && (
        <Text size="small" tone="soft">
          {keptByOthersWords(target, locations)}
        </Text>
      )}
      {!isExpected && <Text size="small">{deliveryDeskWords.thisDeliveryIsClosed}</Text>}
      <Section id="lines" title={deliveryDeskWords.lines} gap={2}>
        <DeliveryLines lines={read.lines} mayClose={isOpen} />
      </Section>
      {isOpen && <ClosingForm deliveryId={read.delivery.id} onClosed={take} />}
      <Section id="happened" title={deliveryDeskWords.history} gap={2}>
        <Text as="ul" size="small" tone="soft">
          {read.events.map((event) => (
            <Text key={event.id} as="li" figures>
              {names[event.actor] ?? deliveryDeskWords.theSystem} {eventWords[event.kind]}
              {event.units !== null && ` ${event.units}`}
              {event.notes.length > 0 && ` (${event.notes.join('; ')})`},{' '}
              <time dateTime={event.created_at}>{shopTimestamp(event.created_at)}</time>
            </Text>
          ))}
        </Text>
      </Section>
    </>
  )
}
