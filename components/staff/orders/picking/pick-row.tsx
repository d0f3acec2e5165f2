'use client'

import { ActionForm } from '@/components/staff/forms/action-form'
import { FormStatus } from '@/components/staff/forms/form-status'
import { locationName } from '@/components/staff/shell/words'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Thumbnail } from '@/components/ui/data/thumbnail'
import { TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { reportShortPick } from '@/lib/actions/staff/order-desk'
import type { PickLine } from '@/lib/domain/orders/order-desk'
import { leftToPick } from '@/lib/domain/orders/pick-list'
import { smallPicture } from '@/lib/domain/products/photo'
import type { Location } from '@/lib/domain/stock/place'
import { unansweredPick, usePicking } from './use-picking'
import { pickRowWords } from './words'

/** One line of a pick list, with what can be done about it. Renders a `<li>`. */
export function PickRow({
  orderId,
  line,
  mayPick,
  locations,
}: {
  orderId: string
  line: PickLine
  mayPick: boolean
  locations: readonly Location[]
}) {
  const left = leftToPick(line)
  const place = locationName(line.location_id, locations)
  const name = [line.title, ...line.option_values, pickRowWords.at(place)].join(', ')
  return (
    <li
      data-done={left === 0 || undefined}
      className="group grid grid-cols-[3.5rem_1fr_auto] items-start gap-x-4 gap-y-2 border-line border-b py-3"
    >
      <Thumbnail src={line.picture && smallPicture(line.picture)} className="group-data-done:opacity-50" />
      <div>
        <Text weight="medium">
          {line.title}
          {line.option_values.length > 0 && (
            <Text as="span" tone="soft">
              , {line.option_values.join(', ')}
            </Text>
          )}
        </Text>
        <Text size="fine" tone="soft" figures breaks>
          {line.sku}
          {line.barcode && ` · ${line.barcode}`}
        </Text>
      </div>
      <p className="figures text-title group-data-done:text-in">
        <span aria-hidden="true">
          {line.picked}
          <Text as="span" tone="soft">
            /{line.quantity}
          </Text>
        </span>
        <VisuallyHidden>
          {line.picked} {pickRowWords.ofIt} {line.quantity} {pickRowWords.picked}
        </VisuallyHidden>
      </p>
      {mayPick && (
        <div className="col-start-2 -col-end-1 flex flex-wrap items-start gap-x-3 gap-y-2">
          <PickButtons orderId={orderId} line={line} name={name} locations={locations} />
          {left > 0 && (
            <Disclosure
              look="link"
              className="open:basis-full"
              summary={
                <>
                  {pickRowWords.cantFindIt}
                  <VisuallyHidden>: {name}</VisuallyHidden>
                </>
              }
            >
              <ActionForm
                action={reportShortPick}
                fields={{
                  order_id: orderId,
                  location_id: line.location_id,
                  order_item_id: line.order_item_id,
                }}
                locations={locations}
                label={pickRowWords.cantFindIt2(name)}
                layout="card"
              >
                <Text size="small" prose>
                  {pickRowWords.missingUnitsAreWrittenOff}
                </Text>
                <Row align="end" isLine>
                  <TextField
                    label={pickRowWords.unitsMissing}
                    // Another number left, another field: React keeps the first value of a field.
                    key={left}
                    name="missing"
                    type="number"
                    min={1}
                    max={left}
                    defaultValue={left}
                    required
                    content="units"
                  />
                  <Button>{pickRowWords.markAsMissing}</Button>
                </Row>
              </ActionForm>
            </Disclosure>
          )}
        </div>
      )}
    </li>
  )
}

/** For a hand without a scanner: one unit, all of them, or one back. Renders a `<form>`, or nothing when there is nothing to do. */
function PickButtons({
  orderId,
  line,
  name,
  locations,
}: {
  orderId: string
  line: PickLine
  name: string
  locations: readonly Location[]
}) {
  const picking = usePicking([line])
  const left = leftToPick(line)
  const mayPutBack = line.picked > line.fulfilled
  if (left === 0 && !mayPutBack) return null
  return (
    <Row as="form" gap={2} {...picking.props} aria-label={pickRowWords.pick(name)}>
      <input type="hidden" name="order_id" value={orderId} />
      <input type="hidden" name="location_id" value={line.location_id} />
      <input type="hidden" name="code" value={line.sku} />
      {left > 0 && (
        <Button name="quantity" value={1}>
          {pickRowWords.pickOne}
        </Button>
      )}
      {left > 1 && (
        <Button name="quantity" value={left}>
          {pickRowWords.pickAll} {left}
        </Button>
      )}
      {mayPutBack && (
        <Button name="quantity" value={-1}>
          {pickRowWords.removeOne}
        </Button>
      )}
      <FormStatus form={picking} unanswered={unansweredPick} locations={locations} className="basis-full" />
    </Row>
  )
}
