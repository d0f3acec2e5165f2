'use client'

import { ActionForm } from '@/components/staff/forms/action-form'
import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { placeName } from '@/components/staff/shell/words'
import { reportShortPick } from '@/lib/actions/staff/order-desk'
import type { PickLine } from '@/lib/domain/orders/order-desk'
import { leftToPick } from '@/lib/domain/orders/pick-list'
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
  const place = placeName(line.location_id, locations)
  const name = [line.title, ...line.option_values, pickRowWords.at(place)].join(', ')
  return (
    <li
      data-done={left === 0 || undefined}
      className="group grid grid-cols-[3.5rem_1fr_auto] items-start gap-x-4 gap-y-2 border-line border-b py-3"
    >
      {line.picture ? (
        <img
          src={line.picture}
          alt=""
          width={56}
          height={56}
          loading="lazy"
          className="size-14 rounded-small bg-sunken object-cover group-data-done:opacity-50"
        />
      ) : (
        <span className="size-14 rounded-small bg-sunken" />
      )}
      <div>
        <p className="font-medium">
          {line.title}
          {line.option_values.length > 0 && (
            <span className="text-soft">, {line.option_values.join(', ')}</span>
          )}
        </p>
        <p className="figures wrap-anywhere text-fine text-soft">
          {line.sku}
          {line.barcode && ` · ${line.barcode}`}
        </p>
      </div>
      <p className="figures text-title group-data-done:text-in">
        <span aria-hidden="true">
          {line.picked}
          <span className="text-soft">/{line.quantity}</span>
        </span>
        <span className="sr-only">
          {line.picked} {pickRowWords.ofIt} {line.quantity} {pickRowWords.picked}
        </span>
      </p>
      {mayPick && (
        <div className="col-start-2 -col-end-1 flex flex-wrap items-start gap-x-3 gap-y-2">
          <PickButtons orderId={orderId} line={line} name={name} locations={locations} />
          {left > 0 && (
            <details className="open:basis-full">
              <summary className="underlined flex h-10 w-fit cursor-pointer items-center text-link text-small">
                {pickRowWords.cantFindIt}
                <span className="sr-only">: {name}</span>
              </summary>
              <ActionForm
                action={reportShortPick}
                fields={{
                  order_id: orderId,
                  location_id: line.location_id,
                  order_item_id: line.order_item_id,
                }}
                locations={locations}
                label={pickRowWords.cantFindIt2(name)}
                className="mt-2 grid justify-items-start gap-2 rounded-small border border-line bg-raised p-4"
              >
                <p className="max-w-prose text-small">{pickRowWords.missingUnitsAreWrittenOff}</p>
                <div className="flex items-end gap-3">
                  <label className="grid gap-1">
                    <span className={labelText}>{pickRowWords.unitsMissing}</span>
                    <input
                      // Another number left, another field: React keeps what a field held at first.
                      key={left}
                      name="missing"
                      type="number"
                      min={1}
                      max={left}
                      defaultValue={left}
                      required
                      className={`${fieldBox} figures w-20 text-right`}
                    />
                  </label>
                  <button type="submit" className={quietButton}>
                    {pickRowWords.markAsMissing}
                  </button>
                </div>
              </ActionForm>
            </details>
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
    <form {...picking.props} aria-label={pickRowWords.pick(name)} className="flex flex-wrap gap-2">
      <input type="hidden" name="order_id" value={orderId} />
      <input type="hidden" name="location_id" value={line.location_id} />
      <input type="hidden" name="code" value={line.sku} />
      {left > 0 && (
        <button type="submit" name="quantity" value={1} className={quietButton}>
          {pickRowWords.pickOne}
        </button>
      )}
      {left > 1 && (
        <button type="submit" name="quantity" value={left} className={quietButton}>
          {pickRowWords.pickAll} {left}
        </button>
      )}
      {mayPutBack && (
        <button type="submit" name="quantity" value={-1} className={quietButton}>
          {pickRowWords.removeOne}
        </button>
      )}
      <FormStatus
        form={picking}
        unanswered={unansweredPick}
        locations={locations}
        className="basis-full text-fine empty:hidden"
      />
    </form>
  )
}
