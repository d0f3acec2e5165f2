'use client'

import { keptByOthersWords } from '@/components/staff/shell/words'
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
        <section
          aria-label={deliveryDeskWords.scan}
          data-bar
          className="[&~*_*]:scroll-mt-60 sticky top-0 z-10 -mx-[var(--gutter)] border-line border-b bg-paper px-[var(--gutter)] py-3"
        >
          <ArrivalForm deliveryId={read.delivery.id} onBooked={take} />
        </section>
      )}
      {isExpected && isKeptByOthers(rights, target) && (
        <p className="text-small text-soft">{keptByOthersWords(target, locations)}</p>
      )}
      {!isExpected && <p className="text-small">{deliveryDeskWords.thisDeliveryIsClosed}</p>}
      <section aria-labelledby="lines" className="grid gap-2">
        <h2 id="lines" className="display text-title">
          {deliveryDeskWords.lines}
        </h2>
        <DeliveryLines lines={read.lines} mayClose={isOpen} />
      </section>
      {isOpen && <ClosingForm deliveryId={read.delivery.id} onClosed={take} />}
      <section aria-labelledby="happened" className="grid gap-2">
        <h2 id="happened" className="display text-title">
          {deliveryDeskWords.history}
        </h2>
        <ul className="grid gap-1 text-small text-soft">
          {read.events.map((event) => (
            <li key={event.id} className="figures">
              {names[event.actor] ?? deliveryDeskWords.theSystem} {eventWords[event.kind]}
              {event.units !== null && ` ${event.units}`},{' '}
              <time dateTime={event.created_at}>{shopTimestamp(event.created_at)}</time>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
