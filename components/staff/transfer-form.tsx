'use client'

import { postTransfer, transfer } from '@/lib/actions/stock'
import type { InventoryEntry } from '@/lib/domain/inventory'
import type { Location } from '@/lib/domain/place'
import { nameOf } from '@/lib/domain/variant-name'
import { fieldBox, labelText, primaryButton } from './controls'
import { LocationSelect } from './location-select'
import { StockFormStatus } from './stock-form-status'
import { useUndo } from './undo'
import { useLevels } from './use-levels'
import { type StockDoors, useStockForm } from './use-stock-form'

const doors: StockDoors = { call: transfer, post: postTransfer }

/** Moves units of one variant between locations. Renders a `<form>`. */
export function TransferForm({
  entry,
  locations,
  firstKey,
}: {
  entry: InventoryEntry
  locations: readonly Location[]
  firstKey: string
}) {
  const levels = useLevels(entry)
  const remember = useUndo()
  const form = useStockForm(doors, undefined, (booked, fields, key) => {
    remember({ key, words: `${fields.get('quantity')} moved: ${nameOf(entry)}` })
    booked.reset()
  })
  const places = locations.map(({ id, name }) => ({ id, name, available: levels.at(id).available }))

  return (
    <form {...form.props} aria-label="Move units" className="grid gap-3">
      <input type="hidden" name="variant_id" value={entry.variant_id} />
      <input type="hidden" name="idempotency_key" value={firstKey} />
      <div className="flex flex-wrap items-end gap-3">
        <label className="grid gap-1">
          <span className={labelText}>Units</span>
          <input
            name="quantity"
            required
            inputMode="numeric"
            pattern="[0-9]+"
            title="How many units: a whole number from 1"
            autoComplete="off"
            className={`${fieldBox} figures w-20 text-right`}
          />
        </label>
        <label className="grid gap-1">
          <span className={labelText}>From</span>
          <select name="from_location_id" defaultValue={places[0]?.id} className={fieldBox}>
            {places.map(({ id, name, available }) => (
              <option key={id} value={id}>
                {name} ({available} available)
              </option>
            ))}
          </select>
        </label>
        <LocationSelect label="To" name="to_location_id" locations={locations} chosen={locations[1]?.id} />
        <button type="submit" className={primaryButton}>
          Move
        </button>
      </div>
      <StockFormStatus form={form} locations={locations} />
    </form>
  )
}
