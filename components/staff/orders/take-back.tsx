import { ActionForm } from '@/components/staff/forms/action-form'
import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import { LocationSelect } from '@/components/staff/forms/location-select'
import { returnItems } from '@/lib/actions/staff/order-desk'
import type { Order } from '@/lib/domain/orders/order'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { Location } from '@/lib/domain/stock/place'
import { takeBackWords } from './words'

const outcomes = [
  { value: 'restock', label: takeBackWords.restock },
  { value: 'damaged', label: takeBackWords.damaged },
  { value: 'inspect', label: takeBackWords.inspectLater },
]

/** Things that come back, and what becomes of each. Renders a `<section>`, or nothing while nothing is out. */
export function TakeBack({ order, locations }: { order: Order; locations: readonly Location[] }) {
  const out = order.items.filter(({ fulfilled, returned }) => fulfilled > returned)
  if (out.length === 0) return null
  return (
    <section aria-labelledby="take-back" className="grid gap-4">
      <h2 id="take-back" className="display text-title">
        {takeBackWords.acceptReturn}
      </h2>
      <ActionForm
        action={returnItems}
        fields={{ order_id: order.order_id }}
        locations={locations}
        label={takeBackWords.acceptReturn}
        className="grid gap-4"
      >
        <ul className="grid gap-4">
          {out.map(({ id, fulfilled, returned, ...item }) => (
            <li key={id} className="grid grid-cols-[auto_5rem_1fr] items-end gap-x-3 gap-y-1">
              <p className="col-span-3">{nameOf(item)}</p>
              <span className="figures self-center text-small text-soft">
                {fulfilled - returned} {takeBackWords.fulfilled}
              </span>
              <label className="grid gap-1">
                <span className={labelText}>{takeBackWords.units}</span>
                <input
                  key={returned}
                  name={`units:${id}`}
                  type="number"
                  min={0}
                  max={fulfilled - returned}
                  defaultValue={0}
                  className={`${fieldBox} figures text-right`}
                />
              </label>
              <label className="grid gap-1">
                <span className={labelText}>{takeBackWords.condition}</span>
                <select name={`outcome:${id}`} className={fieldBox}>
                  {outcomes.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              </label>
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-end gap-3">
          <LocationSelect
            label={takeBackWords.returnedTo}
            locations={locations}
            chosen={order.collect_at ?? undefined}
          />
          <button type="submit" className={quietButton}>
            {takeBackWords.acceptReturn}
          </button>
        </div>
      </ActionForm>
    </section>
  )
}
