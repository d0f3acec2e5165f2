'use client'

import { useState } from 'react'
import { FormStatus } from '@/components/staff/forms/form-status'
import { formStatusWords } from '@/components/staff/forms/words'
import { useUndo } from '@/components/staff/shell/undo'
import { Button } from '@/components/ui/actions/button'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
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
 * Moves units of one variant between locations. A choice of the target as the source turns the transfer around.
 * Renders a `<form>`.
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
    <Stack as="form" gap={3} {...form.props} aria-label={transferFormWords.transferUnits}>
      <input type="hidden" name="variant_id" value={entry.variant_id} />
      <div className="grid gap-3 tablet:grid-cols-[5rem_minmax(0,1fr)_minmax(0,1fr)_auto] tablet:items-end">
        <TextField
          label={transferFormWords.units}
          name="quantity"
          required
          inputMode="numeric"
          pattern="[0-9]+"
          title={transferFormWords.enterTheNumberOfUnits}
          autoComplete="off"
          content="units"
        />
        <SelectField
          label={transferFormWords.fromIt}
          name="from_location_id"
          value={from}
          onChange={({ target: { value } }) => setWay({ from: value, to: value === to ? from : to })}
        >
          {locations.map(({ id, name }) => (
            <option key={id} value={id}>
              {name} ({levels.at(id).available} {transferFormWords.available}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={transferFormWords.to}
          name="to_location_id"
          value={to}
          onChange={({ target: { value } }) => setWay({ from, to: value })}
          aria-invalid={from === to || undefined}
          aria-describedby={status}
        >
          {locations.map(({ id, name }) => (
            <option key={id} value={id} disabled={id === from}>
              {name}
            </option>
          ))}
        </SelectField>
        <Button kind="primary" place="start">
          {transferFormWords.transferUnits}{' '}
        </Button>
      </div>
      <FormStatus
        id={status}
        form={form}
        busy={formStatusWords.saving}
        done={formStatusWords.saved}
        locations={locations}
      />
    </Stack>
  )
}
