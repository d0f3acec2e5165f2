'use client'

import { ActionForm } from '@/components/staff/forms/action-form'
import { units } from '@/components/staff/shell/words'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Notice } from '@/components/ui/feedback/notice'
import { Input } from '@/components/ui/forms/controls'
import { Row } from '@/components/ui/layout/row'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { fulfilOrder } from '@/lib/actions/staff/order-desk'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { picksOf } from '@/lib/domain/orders/live'
import type { Picked, PickLine } from '@/lib/domain/orders/order-desk'
import { atLocations, withPicks } from '@/lib/domain/orders/pick-list'
import { isKeptByOthers, mayChangeStockAt, type StockRights } from '@/lib/domain/people/staff'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { Location } from '@/lib/domain/stock/place'
import { ParcelFields } from './parcels/parcel-fields'
import { handOverWords } from './words'

/**
 * The hand-over of the units in the box, all or fewer, from each location they were picked at. Live: it appears with
 * the first unit. Renders a `<section>`, or nothing while the box is empty.
 */
export function HandOver({
  orderId,
  lines: rendered,
  picks,
  rights,
  isSent,
  isUnpaid,
  due = null,
  locations,
}: {
  orderId: string
  lines: readonly PickLine[]
  picks: readonly Picked[]
  rights: StockRights
  /** Whether it is delivered; otherwise the customer is at the counter. */
  isSent: boolean
  /** Whether its money is not there yet. */
  isUnpaid: boolean
  /** The amount that is due at the counter, as it is shown; null when nothing is due there. */
  due?: string | null
  locations: readonly Location[]
}) {
  const { rows } = useLiveQuery(picksOf([orderId]), picks)
  const boxes = atLocations(withPicks(rendered, rows), locations)
    .map(({ location, lines }) => ({ location, lines: lines.filter((line) => inBox(line) > 0) }))
    .filter(({ lines }) => lines.length > 0)
  const own = boxes.filter(({ location }) => mayChangeStockAt(rights, location.id))
  const others = boxes.filter(({ location }) => isKeptByOthers(rights, location.id))
  if (boxes.length === 0) return null
  // No customer is at the counter when a parcel is sent.
  const toTake = isSent ? null : due
  return (
    <Section id="hand-over" title={isSent ? handOverWords.send : handOverWords.handOver}>
      {isUnpaid && toTake === null && (
        <Notice role="note" tone="danger">
          {handOverWords.notPaidYet}
        </Notice>
      )}
      {own.map(({ location, lines }) => (
        <ActionForm
          key={location.id}
          action={fulfilOrder}
          fields={{ order_id: orderId, location_id: location.id }}
          locations={locations}
          label={handOverWords.fromIt(isSent ? handOverWords.send : handOverWords.handOver, location.name)}
          layout="card"
        >
          {boxes.length > 1 && (
            <Text weight="strong">
              {handOverWords.fromIt2} {location.name}
            </Text>
          )}
          <Stack as="ul" gap={2}>
            {lines.map((line) => (
              <Row key={line.order_item_id} as="li" gap={4} align="center" spread isLine>
                <label htmlFor={`units-${line.order_item_id}-${location.id}`}>{nameOf(line)}</label>
                <Input
                  content="units"
                  // More in the box, another field: React keeps what a field held at first.
                  key={inBox(line)}
                  id={`units-${line.order_item_id}-${location.id}`}
                  name={`units:${line.order_item_id}`}
                  type="number"
                  min={0}
                  max={inBox(line)}
                  defaultValue={inBox(line)}
                />
              </Row>
            ))}
          </Stack>
          {isSent && <ParcelFields id={`from-${location.id}`} />}
          {toTake === null ? (
            <Button kind="primary" place="start">
              {isSent ? handOverWords.markAsSent : handOverWords.markAsHandedOver}
            </Button>
          ) : (
            <TakeAndHandOver due={toTake} />
          )}
        </ActionForm>
      ))}
      {others.map(({ location, lines }) => (
        <Text key={location.id} size="small" tone="soft">
          {units(lines.reduce((sum, line) => sum + inBox(line), 0))} {handOverWords.at} {location.name}
          {handOverWords.whichIsViewOnlyFor}
        </Text>
      ))}
    </Section>
  )
}

function inBox({ picked, fulfilled }: PickLine): number {
  return Math.max(0, picked - fulfilled)
}

/** Renders the buttons that take the money and hand over in one step; without the money only after a warning. */
function TakeAndHandOver({ due }: { due: string }) {
  return (
    <>
      <Row>
        <Button kind="primary" name="taken_as" value="cash">
          {handOverWords.takeInCash(due)}
        </Button>
        <Button kind="primary" name="taken_as" value="card">
          {handOverWords.takeByCard(due)}
        </Button>
      </Row>
      <Disclosure summary={handOverWords.withoutPayment} look="link">
        <Notice role="note" tone="danger">
          <p>{handOverWords.leavesUnpaid(due)}</p>
          <Button>{handOverWords.handOverUnpaid}</Button>
        </Notice>
      </Disclosure>
    </>
  )
}
