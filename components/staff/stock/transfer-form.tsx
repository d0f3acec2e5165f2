'use client'

import { useState } from 'react'
import { fieldBox, labelText, primaryButton } from '@/components/staff/forms/controls'
import { StockFormStatus } from '@/components/staff/forms/stock-form-status'
import { type StockDoors, useStockForm } from '@/components/staff/forms/use-stock-form'
import { useUndo } from '@/components/staff/shell/undo'
import { postTransfer, transfer } from '@/lib/actions/staff/stock'
import { useIsRunning } from '@/lib/client/hooks/use-is-running'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import type { Location } from '@/lib/domain/stock/place'
import type { RefusedTransfer } from '@/lib/domain/stock/stock-request'
import { useLevels } from './use-levels'
import { transferFormWords } from './words'

const doors: StockDoors = { call: transfer, post: postTransfer }

/**
 * Moves units of one variant between locations. Who takes from where it was to go turns the way around: nothing goes
 * from a place to itself. Renders a `<form>`.
 *
 * @param posted a transfer that was refused without JavaScript, to be shown again as it was sent.
 */
export function TransferForm({
  entry,
  locations,
  firstKey,
  posted,
}: {
  entry: InventoryEntry
  locations: readonly Location[]
  firstKey: string
  posted: RefusedTransfer | null
}) {
  const levels = useLevels(entry)
  const remember = useUndo()
  const isRunning = useIsRunning()
  const usual = { from: locations[0]?.id, to: locations[1]?.id }
  const [{ from, to }, setWay] = useState(posted ?? usual)
  const form = useStockForm(doors, undefined, (booked, fields, key) => {
    remember({ key, words: `${fields.get('quantity')} transferred: ${nameOf(entry)}` })
    booked.reset()
    setWay(usual)
  })
  const status = `move-${entry.variant_id}`

  return (
    <form {...form.props} aria-label={transferFormWords.transferUnits} className="grid gap-3">
      <input type="hidden" name="variant_id" value={entry.variant_id} />
      <input type="hidden" name="idempotency_key" value={firstKey} />
      <div className="grid gap-3 tablet:grid-cols-[5rem_minmax(0,1fr)_minmax(0,1fr)_auto] tablet:items-end">
        <label className="grid gap-1">
          <span className={labelText}>{transferFormWords.units}</span>
          <input
            name="quantity"
            required
            inputMode="numeric"
            pattern="[0-9]+"
            title={transferFormWords.enterTheNumberOfUnits}
            autoComplete="off"
            defaultValue={posted?.quantity}
            className={`${fieldBox} figures w-20 text-right`}
          />
        </label>
        <label className="grid gap-1">
          <span className={labelText}>{transferFormWords.fromIt}</span>
          <select
            name="from_location_id"
            value={from}
            onChange={({ target: { value } }) => setWay({ from: value, to: value === to ? from : to })}
            className={fieldBox}
          >
            {locations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name} ({levels.at(id).available} {transferFormWords.available}
              </option>
            ))}
          </select>
        </label>
        <label className="grid gap-1">
          <span className={labelText}>{transferFormWords.to}</span>
          <select
            name="to_location_id"
            value={to}
            onChange={({ target: { value } }) => setWay({ from, to: value })}
            aria-invalid={from === to || undefined}
            aria-describedby={status}
            className={`${fieldBox} aria-invalid:border-danger`}
          >
            {locations.map(({ id, name }) => (
              <option key={id} value={id} disabled={isRunning && id === from}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className={`${primaryButton} justify-self-start`}>
          {transferFormWords.transferUnits}{' '}
        </button>
      </div>
      <StockFormStatus id={status} form={form} posted={posted?.refusal} locations={locations} />
    </form>
  )
}
