'use client'

import { ActionForm } from '@/components/staff/forms/action-form'
import { fieldBox, primaryButton } from '@/components/staff/forms/controls'
import { units } from '@/components/staff/shell/words'
import { fulfilOrder } from '@/lib/actions/staff/order-desk'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { picksOf } from '@/lib/domain/orders/live'
import type { Picked, PickLine } from '@/lib/domain/orders/order-desk'
import { atLocations, withPicks } from '@/lib/domain/orders/pick-list'
import { isKeptByOthers, mayChangeStockAt, type StockRights } from '@/lib/domain/people/staff'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { Location } from '@/lib/domain/stock/place'
import { handOverWords } from './words'

/**
 * Giving away what lies in the box, all of it or less, from each location it was picked at. Live: it is there as soon as
 * the first unit is. Renders a `<section>`, or nothing while the box is empty.
 */
export function HandOver({
  orderId,
  lines: rendered,
  picks,
  rights,
  isSent,
  isUnpaid,
  locations,
}: {
  orderId: string
  lines: readonly PickLine[]
  picks: readonly Picked[]
  rights: StockRights
  /** Whether it is brought to the customer, who otherwise stands at the counter. */
  isSent: boolean
  /** Whether its money is still to be taken at the counter. */
  isUnpaid: boolean
  locations: readonly Location[]
}) {
  const { rows } = useLiveQuery(picksOf([orderId]), picks)
  const boxes = atLocations(withPicks(rendered, rows), locations)
    .map(({ location, lines }) => ({ location, lines: lines.filter((line) => inBox(line) > 0) }))
    .filter(({ lines }) => lines.length > 0)
  const own = boxes.filter(({ location }) => mayChangeStockAt(rights, location.id))
  const others = boxes.filter(({ location }) => isKeptByOthers(rights, location.id))
  if (boxes.length === 0) return null
  return (
    <section aria-labelledby="hand-over" className="grid gap-4">
      <h2 id="hand-over" className="display text-title">
        {isSent ? handOverWords.send : handOverWords.handOver}
      </h2>
      {isUnpaid && (
        <p role="note" className="max-w-prose border-danger border-l-4 bg-raised px-4 py-3">
          {handOverWords.notPaidYet}
        </p>
      )}
      {own.map(({ location, lines }) => (
        <ActionForm
          key={location.id}
          action={fulfilOrder}
          fields={{ order_id: orderId, location_id: location.id }}
          locations={locations}
          label={handOverWords.fromIt(isSent ? handOverWords.send : handOverWords.handOver, location.name)}
          className="grid gap-3 rounded-small border border-line bg-raised p-4"
        >
          {boxes.length > 1 && (
            <p className="font-semibold">
              {handOverWords.fromIt2} {location.name}
            </p>
          )}
          <ul className="grid gap-2">
            {lines.map((line) => (
              <li key={line.order_item_id} className="flex items-center justify-between gap-4">
                <label htmlFor={`units-${line.order_item_id}-${location.id}`}>{nameOf(line)}</label>
                <input
                  // More in the box, another field: React keeps what a field held at first.
                  key={inBox(line)}
                  id={`units-${line.order_item_id}-${location.id}`}
                  name={`units:${line.order_item_id}`}
                  type="number"
                  min={0}
                  max={inBox(line)}
                  defaultValue={inBox(line)}
                  className={`${fieldBox} figures w-20 text-right`}
                />
              </li>
            ))}
          </ul>
          <button type="submit" className={`${primaryButton} justify-self-start`}>
            {isSent ? handOverWords.markAsSent : handOverWords.markAsHandedOver}
          </button>
        </ActionForm>
      ))}
      {others.map(({ location, lines }) => (
        <p key={location.id} className="text-small text-soft">
          {units(lines.reduce((sum, line) => sum + inBox(line), 0))} {handOverWords.at} {location.name}
          {handOverWords.whichIsViewOnlyFor}
        </p>
      ))}
    </section>
  )
}

function inBox({ picked, fulfilled }: PickLine): number {
  return Math.max(0, picked - fulfilled)
}
