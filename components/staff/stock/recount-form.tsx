'use client'

import { useState } from 'react'
import { fieldBox, primaryButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { formStatusWords } from '@/components/staff/forms/words'
import { useUndo } from '@/components/staff/shell/undo'
import { recountStock } from '@/lib/actions/staff/stock'
import { type Sent, useForm } from '@/lib/client/forms/use-form'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import { stockLevels } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import type { StockLevel } from '@/lib/domain/stock/stock'
import type { StockAnswer } from '@/lib/domain/stock/stock-request'
import { RecountConflict } from './recount-conflict'
import { useLevels } from './use-levels'
import { recountFormWords } from './words'

/**
 * Sets one level to what was counted, provided it is still what it was when the counting began: when the field was
 * first entered. Otherwise the person sees what moved and chooses. Renders a `<form>`.
 */
export function RecountForm({ entry, location }: { entry: InventoryEntry; location: Location }) {
  const level = useLevels(entry).at(location.id)
  const [began, setBegan] = useState<StockLevel | null>(null)
  const remember = useUndo()
  const applyOptimistic = useOptimisticRows(stockLevels)
  const form = useForm(recountStock, { applyOptimistic, onAnswer })
  const conflict =
    form.answer?.ok === false && form.answer.error.code === 'stock_moved' ? form.answer.error.detail : null
  const seen = conflict ?? began ?? level

  function onAnswer(answer: StockAnswer, { fields, form: sent, key }: Sent): void {
    if (!answer.ok) return
    const counted = Number(fields.get('counted'))
    const delta = counted - Number(fields.get('expected'))
    const id = `${entry.variant_id}@${location.id}`
    const words = recountFormWords.counted(counted, nameOf(entry), location.name)
    if (delta !== 0) remember({ key, words, level: { id, delta } })
    sent?.reset()
    setBegan(null)
  }

  return (
    <form
      {...form.props}
      aria-label={recountFormWords.count(nameOf(entry), location.name)}
      className="grid gap-2"
    >
      <input type="hidden" name="variant_id" value={entry.variant_id} />
      <input type="hidden" name="location_id" value={location.id} />
      <input type="hidden" name="expected" value={seen.on_hand} />
      <input type="hidden" name="ledger_position" value={seen.ledger_position} />
      {conflict ? (
        <RecountConflict conflict={conflict} location={location} />
      ) : (
        <div className="flex flex-wrap items-center gap-3 text-small">
          <span className="w-48 max-tablet:w-full">
            {location.name}: <span className="figures">{level.on_hand}</span> {recountFormWords.onHand}
          </span>
          <input
            name="counted"
            required
            inputMode="numeric"
            pattern="[0-9]+"
            title={recountFormWords.enterTheNumberYouCounted}
            autoComplete="off"
            placeholder={recountFormWords.counted2}
            aria-label={recountFormWords.counted3(nameOf(entry), location.name)}
            onFocus={() => setBegan((earlier) => earlier ?? level)}
            className={`${fieldBox} figures w-28 text-right`}
          />
          <button type="submit" className={primaryButton}>
            {recountFormWords.set}
          </button>
          {began && began.on_hand !== level.on_hand && (
            <span className="text-low">
              {recountFormWords.itWas} {began.on_hand} {recountFormWords.whenYouStarted}
            </span>
          )}
        </div>
      )}
      {!conflict && (
        <FormStatus
          form={form}
          busy={formStatusWords.saving}
          done={formStatusWords.saved}
          locations={[location]}
        />
      )}
    </form>
  )
}
