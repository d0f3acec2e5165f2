'use client'

import { type FormEvent, useRef, useState } from 'react'
import { fieldBox, primaryButton, quietButton } from '@/components/staff/forms/controls'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { AtTheFoot, useUndo } from '@/components/staff/shell/undo'
import { reasonWords, signed } from '@/components/staff/shell/words'
import { adjustMany } from '@/lib/actions/staff/stock'
import { useLiveMutation } from '@/lib/client/live/hooks/use-live-mutation'
import type { Refusal } from '@/lib/domain/core/refusal'
import { isKeptByOthers, type StockRights } from '@/lib/domain/people/staff'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import { stockLevels } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import { adjustmentReasons, type StockLevel, UnitsDelta } from '@/lib/domain/stock/stock'
import type { AdjustedLevel } from '@/lib/domain/stock/stock-request'
import { bulkBarWords } from './words'

/** The most levels one bulk change takes. */
const most = 1000

type Reason = (typeof adjustmentReasons)[number]

/**
 * One change for every chosen level, each booked or refused for itself: what is refused stays chosen, and why is said.
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
  const [refusals, setRefusals] = useState<readonly AdjustedLevel[]>([])
  const { run, pending, refusal, error } = useLiveMutation<
    StockLevel,
    { delta: number; reason: Reason },
    Refusal
  >({
    source: stockLevels,
    async call({ delta, reason }, key) {
      const lines = levels.slice(0, most).map((level) => {
        const [variant_id = '', location_id = ''] = level.split('@')
        return { variant_id, location_id, delta }
      })
      const answer = await adjustMany({ lines, reason, idempotency_key: key })
      if (!answer.ok) return answer
      const refused = answer.data.filter((row) => row.refusal)
      const booked = answer.data.flatMap((row) => row.level ?? [])
      if (booked.length > 0)
        remember({ key, words: `${signed(delta)} ${reasonWords[reason]}: ${counted(booked.length)}` })
      setRefusals(refused)
      rest([...refused.map(idOf), ...levels.slice(most)])
      return { ok: true, data: booked }
    },
  })

  function rest(left: readonly string[]): void {
    onRest(left)
    if (left.length === 0 && bar.current?.contains(document.activeElement)) onLeave()
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const delta = UnitsDelta.safeParse(fields.get('delta'))
    const reason = adjustmentReasons.find((each) => each === fields.get('reason'))
    if (delta.success && reason && pending.length === 0) void run({ delta: delta.data, reason })
  }

  const leftOut = locations.filter(({ id }) => isKeptByOthers(rights, id)).map(({ name }) => name)
  const trouble = error?.message ?? (refusal && refusalWords(refusal, locations))
  return (
    <AtTheFoot>
      <section
        ref={bar}
        aria-label={bulkBarWords.changeSelectedLevels}
        className="grid gap-3 border-line border-t bg-raised px-(--gutter) py-3 text-small"
      >
        <form onSubmit={submit} className="flex flex-wrap items-center gap-3">
          <p role="status" className="font-medium max-tablet:w-full">
            {counted(levels.length)} {bulkBarWords.selected}
          </p>
          <input
            name="delta"
            required
            placeholder="±"
            aria-label={bulkBarWords.changeInUnitsAtEach}
            pattern="\s*[+\-−]?[0-9]+\s*"
            title={bulkBarWords.enterTheChangeInUnits}
            autoComplete="off"
            className={`${fieldBox} figures w-20 text-right`}
          />
          <select name="reason" aria-label={bulkBarWords.reason} className={fieldBox}>
            {adjustmentReasons.map((reason) => (
              <option key={reason} value={reason}>
                {reasonWords[reason]}
              </option>
            ))}
          </select>
          <button type="submit" aria-disabled={pending.length > 0} className={primaryButton}>
            {pending.length > 0 ? bulkBarWords.saving : bulkBarWords.applyToSelected}
          </button>
          <button type="button" onClick={() => rest([])} className={quietButton}>
            {bulkBarWords.clearSelection}
          </button>
        </form>
        {leftOut.length > 0 && (
          <p className="text-soft">
            {bulkBarWords.notIncludedViewOnlyRows} {leftOut.join(bulkBarWords.and)}.
          </p>
        )}
        <div role="alert" className="grid gap-2 text-danger empty:hidden">
          {trouble && <p>{trouble}</p>}
          {refusals.length > 0 && (
            <>
              <p className="font-medium">
                {counted(refusals.length)} {bulkBarWords.notChangedAndStillSelected}
              </p>
              <ul className="grid max-h-40 gap-1.5 overflow-y-auto overscroll-contain">
                {refusals.map((row) => (
                  <li key={idOf(row)}>
                    <span className="text-ink">{nameAt(row, entries, locations)}:</span>{' '}
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
