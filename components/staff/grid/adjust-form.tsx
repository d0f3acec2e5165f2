'use client'

import { memo, useState } from 'react'
import { FormStatus } from '@/components/staff/forms/form-status'
import { formStatusWords } from '@/components/staff/forms/words'
import { useUndo, useUndoneKey } from '@/components/staff/shell/undo'
import { reasonWords, signed } from '@/components/staff/shell/words'
import { Button } from '@/components/ui/actions/button'
import { Input, Select } from '@/components/ui/forms/controls'
import { Row } from '@/components/ui/layout/row'
import { adjustStock } from '@/lib/actions/staff/stock'
import { type Sent, useForm } from '@/lib/client/forms/use-form'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import { stockLevels } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import { adjustmentReasons, type StockLevel, UnitsDelta, withDelta } from '@/lib/domain/stock/stock'
import type { StockAnswer } from '@/lib/domain/stock/stock-request'
import { adjustFormWords } from './words'

/**
 * Type +3 or −2, choose why, Enter. Shown at once; withdrawn when refused, and what was typed stays. Reason and button are
 * there once something is typed. Renders a `<form>`.
 */
export const AdjustForm = memo(function AdjustForm({
  entry,
  location,
  tabIndex,
}: {
  entry: InventoryEntry
  location: Location
  /** Of the number; what comes after it is reached from there. */
  tabIndex: 0 | -1 | undefined
}) {
  const what = `${nameOf(entry)}, ${location.name}`
  const id = `${entry.variant_id}@${location.id}`
  const remember = useUndo()
  const undoneKey = useUndoneKey()
  const [savedKey, setSavedKey] = useState<string | null>(null)
  const [isLarge, setLarge] = useState(false)
  const applyOptimistic = useOptimisticRows(stockLevels, intentOf)
  const form = useForm(adjustStock, { applyOptimistic, requests: 'each', onAnswer })

  function onAnswer(answer: StockAnswer, { fields, form: sent, key }: Sent): void {
    if (!answer.ok) return
    setSavedKey(key)
    setLarge(false)
    const delta = UnitsDelta.catch(0).parse(fields.get('delta'))
    const reason = adjustmentReasons.find((each) => each === fields.get('reason'))
    remember({
      key,
      words: `${signed(delta)}${reason ? ` ${reasonWords[reason]}` : ''}: ${what}`,
      level: { id, delta },
    })
    resetForm(sent)
  }

  return (
    <form
      {...form.props}
      aria-label={adjustFormWords.adjust(what)}
      data-pending={form.isPending || undefined}
      className="group relative grid gap-1"
    >
      <input type="hidden" name="variant_id" value={entry.variant_id} />
      <input type="hidden" name="location_id" value={location.id} />
      <Row gap={2} isLine>
        <Input
          content="units"
          name="delta"
          data-quantity
          required
          placeholder="±"
          aria-label={adjustFormWords.changeInUnits(what)}
          pattern="\s*[+\-−]?[0-9]+\s*"
          title={adjustFormWords.enterTheChangeInUnits}
          autoComplete="off"
          enterKeyHint="done"
          onInput={({ currentTarget }) => setLarge(isLargeChange(currentTarget.value))}
          tabIndex={tabIndex}
        />
        <Select
          name="reason"
          aria-label={adjustFormWords.reason(what)}
          className="group-has-[input:placeholder-shown]:invisible"
        >
          {adjustmentReasons.map((reason) => (
            <option key={reason} value={reason}>
              {reasonWords[reason]}
            </option>
          ))}
        </Select>
        <Button kind="primary" className="group-has-[input:placeholder-shown]:invisible">
          {adjustFormWords.apply}
        </Button>
      </Row>
      {isLarge && (
        <Input
          name="note"
          maxLength={1000}
          aria-label={adjustFormWords.note(what)}
          placeholder={adjustFormWords.noteOptional}
          autoComplete="off"
        />
      )}
      {/* Said where nothing moves for it; only a refusal takes room. */}
      <div
        className={`${form.isPending ? 'sr-only' : ''} [&>p:not([data-trouble])]:absolute [&>p:not([data-trouble])]:start-24 [&>p:not([data-trouble])]:top-2.5 group-has-[input[name=delta]:not(:placeholder-shown)]:[&>p:not([data-trouble])]:sr-only`}
      >
        <FormStatus
          form={form}
          busy={formStatusWords.saving}
          done={savedKey !== null && savedKey === undoneKey ? undefined : formStatusWords.saved}
          unanswered={adjustFormWords.unanswered}
          locations={[location]}
        />
      </div>
    </form>
  )
})

/** From so many units on, a change without a note becomes an alert (private.document_alerts). */
const unitsToExplain = 10

function isLargeChange(typed: string): boolean {
  return Math.abs(UnitsDelta.catch(0).parse(typed)) >= unitsToExplain
}

/** Ready for the next number: the focus goes back to it, since the button it was on is no longer shown. */
function resetForm(form: HTMLFormElement | null): void {
  if (!form) return
  const delta = form.elements.namedItem('delta')
  if (form.contains(document.activeElement) && delta instanceof HTMLElement) delta.focus()
  form.reset()
}

function intentOf(fields: FormData) {
  const delta = UnitsDelta.catch(0).parse(fields.get('delta'))
  return {
    id: `${fields.get('variant_id')}@${fields.get('location_id')}`,
    apply: (level: StockLevel) => withDelta(level, delta),
    isIn: (before: StockLevel, after: StockLevel) => after.on_hand - before.on_hand === delta,
  }
}
