'use client'

import { useRef, useState } from 'react'
import { FormStatus } from '@/components/staff/forms/form-status'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { AtTheFoot, useUndo } from '@/components/staff/shell/undo'
import { reasonWords, signed } from '@/components/staff/shell/words'
import { Button } from '@/components/ui/actions/button'
import { Input, Select } from '@/components/ui/forms/controls'
import { Row } from '@/components/ui/layout/row'
import { Text } from '@/components/ui/text/text'
import { adjustLevels } from '@/lib/actions/staff/stock'
import { useForm } from '@/lib/client/forms/use-form'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { accepted } from '@/lib/domain/core/result'
import { isKeptByOthers, type StockRights } from '@/lib/domain/people/staff'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import { stockLevels } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import { adjustmentReasons, UnitsDelta } from '@/lib/domain/stock/stock'
import type { AdjustedLevel } from '@/lib/domain/stock/stock-request'
import { bulkBarWords } from './words'

/** The most levels one bulk change takes. */
const most = 1000

/**
 * One change for every chosen level, each saved or refused separately: refused levels stay chosen, with the reason.
 * Renders a `<section>` at the foot of the window.
 */
export function BulkBar({
  levels,
  entries,
  locations,
  rights,
  onRest,
  onLeave,
}: {
  /** "variant@location", as in the live levels. */
  levels: readonly string[]
  entries: readonly InventoryEntry[]
  locations: readonly Location[]
  rights: StockRights
  /** Called with the levels that are still to be dealt with. */
  onRest: (levels: readonly string[]) => void
  /** Called when it is done with while it has the focus, which then has to go somewhere. */
  onLeave: () => void
}) {
  const remember = useUndo()
  const bar = useRef<HTMLElement>(null)
  const applyOptimistic = useOptimisticRows(stockLevels)
  const [refusals, setRefusals] = useState<readonly AdjustedLevel[]>([])
  const form = useForm(adjustLevels, {
    applyOptimistic: (fields) => {
      for (const level of levels.slice(0, most)) fields.append('level', level)
      const finish = applyOptimistic(fields)
      return (answer) => finish(answer?.ok ? accepted(answer.data.flatMap(({ level }) => level ?? [])) : null)
    },
    onAnswer: (answer, { fields, key }) => {
      if (!answer.ok) return
      const refused = answer.data.filter((row) => row.refusal)
      const changed = answer.data.length - refused.length
      const reason = adjustmentReasons.find((each) => each === fields.get('reason'))
      const delta = UnitsDelta.catch(0).parse(fields.get('delta'))
      if (changed > 0 && reason)
        remember({ key, words: `${signed(delta)} ${reasonWords[reason]}: ${counted(changed)}` })
      setRefusals(refused)
      rest([...refused.map(idOf), ...levels.slice(most)])
    },
  })

  function rest(left: readonly string[]): void {
    onRest(left)
    if (left.length === 0 && bar.current?.contains(document.activeElement)) onLeave()
  }

  const leftOut = locations.filter(({ id }) => isKeptByOthers(rights, id)).map(({ name }) => name)
  return (
    <AtTheFoot>
      <section
        ref={bar}
        aria-label={bulkBarWords.changeSelectedLevels}
        className="grid gap-3 border-line border-t bg-raised px-(--gutter) py-3 text-small"
      >
        <Row as="form" align="center" {...form.props}>
          <p role="status" className="font-medium max-tablet:w-full">
            {counted(levels.length)} {bulkBarWords.selected}
          </p>
          <Input
            content="units"
            name="delta"
            data-quantity
            required
            placeholder="±"
            aria-label={bulkBarWords.changeInUnitsAtEach}
            pattern="\s*[+\-−]?[0-9]+\s*"
            title={bulkBarWords.enterTheChangeInUnits}
            autoComplete="off"
          />
          <Select name="reason" aria-label={bulkBarWords.reason}>
            {adjustmentReasons.map((reason) => (
              <option key={reason} value={reason}>
                {reasonWords[reason]}
              </option>
            ))}
          </Select>
          <Input
            name="note"
            maxLength={1000}
            aria-label={bulkBarWords.note}
            placeholder={bulkBarWords.noteOptional}
            autoComplete="off"
          />
          <Button kind="primary" aria-disabled={form.isPending}>
            {form.isPending ? bulkBarWords.saving : bulkBarWords.applyToSelected}
          </Button>
          <Button type="button" onClick={() => rest([])}>
            {bulkBarWords.clearSelection}
          </Button>
        </Row>
        {leftOut.length > 0 && (
          <Text tone="soft">
            {bulkBarWords.notIncludedViewOnlyRows} {leftOut.join(bulkBarWords.and)}.
          </Text>
        )}
        <div role="alert" className="grid gap-2 text-danger empty:hidden">
          <FormStatus form={form} locations={locations} />
          {refusals.length > 0 && (
            <>
              <Text weight="medium">
                {counted(refusals.length)} {bulkBarWords.notChangedAndStillSelected}
              </Text>
              <ul className="grid max-h-40 gap-1.5 overflow-y-auto overscroll-contain">
                {refusals.map((row) => (
                  <li key={idOf(row)}>
                    <Text as="span" tone="ink">
                      {nameAt(row, entries, locations)}:
                    </Text>{' '}
                    {row.refusal && refusalWords(row.refusal, locations)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </section>
    </AtTheFoot>
  )
}

const idOf = ({ variant_id, location_id }: AdjustedLevel) => `${variant_id}@${location_id}`

function nameAt(
  { variant_id, location_id }: AdjustedLevel,
  entries: readonly InventoryEntry[],
  locations: readonly Location[],
): string {
  const entry = entries.find((each) => each.variant_id === variant_id)
  const location = locations.find(({ id }) => id === location_id)
  return [entry ? nameOf(entry) : bulkBarWords.aVariantThatIsNo, location?.name].filter(Boolean).join(', ')
}

/** "1 level", "12 levels": a level is one variant at one location. */
function counted(levels: number): string {
  return `${levels} ${levels === 1 ? 'level' : 'levels'}`
}
