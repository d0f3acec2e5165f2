'use client'

import { memo, type Ref } from 'react'
import { keptByOthers } from '@/components/staff/shell/words'
import { useLevels } from '@/components/staff/stock/use-levels'
import { useHasStayed } from '@/lib/client/hooks/use-has-stayed'
import { isKeptByOthers, mayChangeStockAt, type StockRights } from '@/lib/domain/people/staff'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import type { Location } from '@/lib/domain/stock/place'
import { AdjustForm } from './adjust-form'
import type { Cell, GridColumn } from './columns'
import { EntryName } from './entry-name'
import { LevelCells } from './level-cells'
import { variantRowsWords } from './words'

/** A row that is only scrolled past is not followed, and has no forms. */
const settledMs = 150

interface Props {
  entry: InventoryEntry
  locations: readonly Location[]
  /** Its place in the list, counted from 0. */
  index: number
  /** Whether the page runs: cells are then reached by arrow keys. */
  isRunning: boolean
  rights: StockRights
  /** The cell of this variant that Tab reaches, if it is one of them. */
  active: Cell | null
  /** The ids of the locations that are chosen for a bulk change, joined by commas. */
  chosen: string
  ref: Ref<HTMLTableSectionElement>
}

/** One variant: what it is, and a row for each location, live while it is there. Renders a `<tbody>`. */
export const VariantRows = memo(function VariantRows(props: Props) {
  const { entry, locations, index, isRunning, rights, active, chosen, ref } = props
  const isWatched = useHasStayed(settledMs, !isRunning)
  const levels = useLevels(entry, isWatched)

  function tabIndexOf(place: number, column: GridColumn): 0 | -1 | undefined {
    if (!isRunning) return undefined
    return active?.place === place && active.column === column ? 0 : -1
  }

  return (
    <tbody
      ref={ref}
      data-index={index}
      aria-label={nameOf(entry)}
      className="max-desktop:grid max-desktop:gap-5 max-desktop:border-line max-desktop:border-b max-desktop:py-6 desktop:[&_[scope=rowgroup]]:border-b desktop:[&>tr:last-child>*]:border-b desktop:[&>tr>*]:border-line desktop:[&>tr]:align-baseline desktop:[&>tr:first-child>*]:pt-4 desktop:[&>tr:last-child>*]:pb-4"
    >
      {locations.map((location, place) => (
        <tr
          key={location.id}
          data-place={place}
          aria-rowindex={isRunning ? 2 + index * locations.length + place : undefined}
          className="max-desktop:grid max-desktop:grid-cols-[repeat(5,auto)] max-desktop:items-end max-desktop:justify-between max-desktop:gap-2 tablet:max-desktop:ms-18 tablet:max-desktop:grid-cols-[7rem_repeat(5,auto)_17.5rem]"
        >
          {place === 0 && (
            <th
              scope="rowgroup"
              rowSpan={locations.length}
              data-column="variant"
              className="text-left font-normal max-desktop:col-span-full tablet:max-desktop:-ms-18 desktop:pe-6 desktop:align-top"
            >
              <EntryName entry={entry} isWatched={isWatched} tabIndex={tabIndexOf(0, 'variant')} />
            </th>
          )}
          <th
            scope="row"
            data-column="location"
            tabIndex={mayChangeStockAt(rights, location.id) ? undefined : tabIndexOf(place, 'location')}
            className="text-left font-normal max-tablet:col-span-full max-desktop:font-medium desktop:pe-3"
          >
            {mayChangeStockAt(rights, location.id) ? (
              <label className="flex cursor-pointer items-center gap-2.5 py-1">
                <input
                  type="checkbox"
                  checked={chosen.includes(location.id)}
                  readOnly
                  disabled={!isRunning}
                  tabIndex={tabIndexOf(place, 'location')}
                  data-level={`${entry.variant_id}@${location.id}`}
                  aria-label={variantRowsWords.select(nameOf(entry), location.name)}
                  className="size-4 shrink-0 disabled:invisible"
                />
                {location.name}
              </label>
            ) : (
              // Under the names that have a checkbox before them.
              <span
                className={isKeptByOthers(rights, location.id) ? 'desktop:block desktop:ps-6.5' : undefined}
              >
                {location.name}
              </span>
            )}
          </th>
          <LevelCells
            level={levels.at(location.id)}
            isRunning={isRunning}
            active={active?.place === place ? active.column : null}
          />
          {mayChangeStockAt(rights, location.id) && (
            <td data-column="adjust" className="max-tablet:col-span-full desktop:py-1.5 desktop:ps-8">
              {isWatched || active ? (
                <AdjustForm entry={entry} location={location} tabIndex={tabIndexOf(place, 'adjust')} />
              ) : (
                <span className="mb-1 block h-10 w-20 rounded-small border border-field bg-raised" />
              )}
            </td>
          )}
          {isKeptByOthers(rights, location.id) && (
            <td
              data-column="adjust"
              tabIndex={tabIndexOf(place, 'adjust')}
              className="text-fine text-soft max-tablet:col-span-full desktop:ps-8"
            >
              {keptByOthers}
            </td>
          )}
        </tr>
      ))}
    </tbody>
  )
})
