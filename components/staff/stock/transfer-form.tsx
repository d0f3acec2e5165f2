'use client'

import { useState } from 'react'
import { fieldBox, labelText, primaryButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { formStatusWords } from '@/components/staff/forms/words'
import { useUndo } from '@/components/staff/shell/undo'
import { transferStock } from '@/lib/actions/staff/stock'
import { useForm } from '@/lib/client/forms/use-form'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import { stockLevels } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import { useLevels } from './use-levels'
import { transferFormWords } from './words'

/**
 * Moves units of one variant between locations. Who takes from where it was to go turns the way around: nothing goes
 * from a place to itself. Renders a `<form>`.
 */
export function TransferForm({
  entry,
  locations,
}: {
  entry: InventoryEntry
  locations: readonly Location[]
}) {
  const levels = useLevels(entry)
  const remember = useUndo()
  const usual = { from: locations[0]?.id, to: locations[1]?.id }
  const [{ from, to }, setWay] = useState(usual)
  const form = useForm(transferStock, {
    applyOptimistic: useOptimisticRows(stockLevels),
    onAnswer: (answer, { fields, form: sent, key }) => {
      if (!answer.ok) return
      remember({ key, words: `${fields.get('quantity')} transferred: ${nameOf(entry)}` })
      sent?.reset()
      setWay(usual)
    },
  })
  const status = `move-${entry.variant_id}`

  return (
    <form {...form.props} aria-label={transferFormWords.transferUnits} className="grid gap-3">
      <input type="hidden" name="variant_id" value={entry.variant_id} />
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
              <option key={id} value={id} disabled={id === from}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className={`${primaryButton} justify-self-start`}>
          {transferFormWords.transferUnits}{' '}
        </button>
      </div>
      <FormStatus
        id={status}
        form={form}
        busy={formStatusWords.saving}
        done={formStatusWords.saved}
        locations={locations}
      />
    </form>
  )
}
