'use client'

import { type ChangeEvent, Fragment, type MouseEvent, useEffect, useRef, useState } from 'react'
import { ExplainDialog } from '@/components/staff/explain/explain-dialog'
import { useIsRunning } from '@/lib/client/hooks/use-is-running'
import { ownLocations, roleReaches, type StockRights } from '@/lib/domain/people/staff'
import { ExplainQuestion } from '@/lib/domain/stock/explanation'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import type { Location } from '@/lib/domain/stock/place'
import { BulkBar } from './bulk-bar'
import { GridHead } from './grid-head'
import { useGridKeys } from './use-grid-keys'
import { useWindow } from './use-window'
import { VariantRows } from './variant-rows'
import { inventoryGridWords } from './words'

/** Guesses until rows are measured: a row's height, and what a variant has around its rows. */
const guess = { row: 46, around: 24 }
const rowsToSpare = 20

/**
 * Variants with their units at each location, live. A table as the server renders it; once the page runs, a grid that
 * is walked with the arrow keys and draws only what is on screen. On a small screen its rows become cards.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the grid wires its parts together here.
export function InventoryGrid({
  entries,
  locations,
  names,
  rights,
  hasMore = false,
  onNearEnd,
}: {
  entries: readonly InventoryEntry[]
  locations: readonly Location[]
  /** Of everyone who may be in the ledger. */
  names: Readonly<Record<string, string>>
  /** Of who looks at it. */
  rights: StockRights
  hasMore?: boolean
  /** Called when the last rows come close. */
  onNearEnd?: () => void
}) {
  const isRunning = useIsRunning()
  const mayAdjust = roleReaches(rights.role, 'stock')
  const own = ownLocations(rights, locations)
  const table = useRef<HTMLTableElement>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [question, setQuestion] = useState<ExplainQuestion | null>(null)
  const { active, focus, props } = useGridKeys(table, {
    variants: entries.length,
    places: locations.length,
    mayAdjust,
  })
  const drawn = useWindow(table, {
    count: entries.length,
    rowHeight: guess.around + guess.row * locations.length,
    focused: active.index,
  })
  const rows = isRunning ? drawn.rows : entries.map((_, index) => ({ index, gap: 0 }))

  const isNearEnd = hasMore && (drawn.rows.at(-1)?.index ?? 0) >= entries.length - rowsToSpare
  useEffect(() => {
    if (isNearEnd) onNearEnd?.()
  })

  function choose(event: ChangeEvent<HTMLTableElement>): void {
    const box: EventTarget = event.target
    if (!(box instanceof HTMLInputElement) || box.type !== 'checkbox') return
    const { level } = box.dataset
    const levels = level ? [level] : levelsOf(entries, own)
    setChosen((last) =>
      box.checked
        ? new Set([...last, ...levels])
        : new Set([...last].filter((each) => !levels.includes(each))),
    )
  }

  /** A plain click on a number asks here; any other one follows the link. */
  function ask(event: MouseEvent<HTMLTableElement>): void {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return
    const asked = questionAt(event.target, entries, locations)
    if (!asked) return
    event.preventDefault()
    setQuestion(asked)
  }

  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: what is clicked is a link, which Enter clicks too. */}
      <table
        ref={table}
        {...(isRunning && {
          role: 'grid',
          'aria-rowcount': hasMore ? -1 : 1 + entries.length * locations.length,
          'aria-multiselectable': mayAdjust || undefined,
        })}
        {...props}
        onChange={choose}
        onClick={ask}
        data-chosen={chosen.size > 0 || undefined}
        className="w-full [&_[data-column]_:is(a,input,select,button)]:scroll-my-24 [&[data-chosen]_[data-column]_:is(a,input,select,button)]:scroll-mb-64 table-fixed border-separate border-spacing-0 text-small max-desktop:block"
      >
        <caption className="sr-only">{inventoryGridWords.unitsByVariantAndLocation}</caption>
        <GridHead
          mayAdjust={mayAdjust}
          mayChoose={own.length > 0}
          isRunning={isRunning}
          hasChosen={chosen.size > 0}
        />
        {rows.map(({ index, gap }) => {
          const entry = entries[index]
          if (!entry) return null
          return (
            <Fragment key={entry.variant_id}>
              <Gap height={gap} />
              <VariantRows
                entry={entry}
                locations={locations}
                index={index}
                isRunning={isRunning}
                rights={rights}
                active={active.index === index ? active : null}
                chosen={locations
                  .filter(({ id }) => chosen.has(`${entry.variant_id}@${id}`))
                  .map(({ id }) => id)
                  .join()}
                ref={drawn.measure}
              />
            </Fragment>
          )
        })}
        {isRunning && <Gap height={drawn.gapBelow} />}
      </table>
      {chosen.size > 0 && (
        <BulkBar
          levels={[...chosen]}
          entries={entries}
          locations={locations}
          rights={rights}
          onRest={(rest) => setChosen(new Set(rest))}
          onLeave={focus}
        />
      )}
      <ExplainDialog
        question={question}
        entry={entries.find(({ variant_id }) => variant_id === question?.variant_id)}
        locations={locations}
        names={names}
        role={rights.role}
        onAsk={setQuestion}
      />
    </>
  )
}

/** Room for rows that are not drawn. */
function Gap({ height }: { height: number }) {
  if (height < 1) return null
  return (
    <tbody aria-hidden="true" className="max-desktop:block">
      <tr className="max-desktop:block">
        <td style={{ height }} className="p-0 max-desktop:block" />
      </tr>
    </tbody>
  )
}

function levelsOf(entries: readonly InventoryEntry[], locations: readonly Location[]): string[] {
  return entries.flatMap(({ variant_id }) => locations.map(({ id }) => `${variant_id}@${id}`))
}

function questionAt(
  target: Element,
  entries: readonly InventoryEntry[],
  locations: readonly Location[],
): ExplainQuestion | null {
  const dataOf = (name: string) => target.closest<HTMLElement>(`[data-${name}]`)?.dataset[name]
  const asked = {
    variant_id: entries[Number(dataOf('index'))]?.variant_id,
    location_id: locations[Number(dataOf('place'))]?.id,
    quantity: dataOf('column'),
  }
  return target.closest('a') ? (ExplainQuestion.safeParse(asked).data ?? null) : null
}
