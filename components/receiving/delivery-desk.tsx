'use client'

import type { DeliveryRead } from '@/lib/domain/delivery'
import { shopTimestamp } from '@/lib/domain/shop-time'
import { ArrivalForm } from './arrival-form'
import { ClosingForm } from './closing-form'
import { DeliveryLines } from './delivery-lines'
import { useDelivery } from './use-delivery'
import { eventWords } from './words'

/** Everything of one delivery that people work on together: the field to scan into, the lines, the end, what happened. */
export function DeliveryDesk({
  first,
  names,
  mayReceive,
  keys: [arrivalKey, closingKey],
}: {
  first: DeliveryRead
  names: Readonly<Record<string, string>>
  mayReceive: boolean
  keys: readonly [string, string]
}) {
  const { read, take } = useDelivery(first)
  const isOpen = read.delivery.status === 'expected' && mayReceive
  return (
    <>
      {isOpen && (
        <section
          aria-label="Scan"
          className="sticky top-0 z-10 -mx-[var(--gutter)] border-line border-b bg-paper px-[var(--gutter)] py-3"
        >
          <ArrivalForm deliveryId={read.delivery.id} firstKey={arrivalKey} onBooked={take} />
        </section>
      )}
      {read.delivery.status === 'closed' && <p className="text-small">It is closed.</p>}
      <section aria-labelledby="lines" className="grid gap-2">
        <h2 id="lines" className="display text-title">
          Lines
        </h2>
        <DeliveryLines lines={read.lines} mayClose={isOpen} />
      </section>
      {isOpen && <ClosingForm deliveryId={read.delivery.id} firstKey={closingKey} onClosed={take} />}
      <section aria-labelledby="happened" className="grid gap-2">
        <h2 id="happened" className="display text-title">
          What happened
        </h2>
        <ul className="grid gap-1 text-small text-soft">
          {read.events.map((event) => (
            <li key={event.id} className="figures">
              {names[event.actor] ?? 'The system'} {eventWords[event.kind]}
              {event.units !== null && ` ${event.units}`},{' '}
              <time dateTime={event.created_at}>{shopTimestamp(event.created_at)}</time>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
