import type { Route } from 'next'
import { memo } from 'react'
import { LiveUnits } from '@/components/staff/stock/live-units'
import { explainAddress } from '@/lib/domain/stock/explanation'
import type { StockLevel } from '@/lib/domain/stock/stock'
import { type GridColumn, quantityColumns } from './columns'
import { levelCellsWords } from './words'

/** The headings of what LevelCells shows. Renders `<th>`s. */
export function LevelHeadings() {
  return quantityColumns.map(([heading]) => (
    <th key={heading} scope="col" className="w-24 px-3 text-right max-desktop:sr-only">
      {heading}
    </th>
  ))
}

/**
 * The units of one level, each a link to what it is made of; the grid opens that beside the list. Renders `<td>`s.
 */
export const LevelCells = memo(function LevelCells({
  level,
  isRunning,
  active,
}: {
  level: StockLevel
  /** Whether the page runs: links are then reached by arrow keys. */
  isRunning: boolean
  /** The column of this level that Tab reaches, if it is one of them. */
  active: GridColumn | null
}) {
  return quantityColumns.map(([heading, column]) => (
    <td
      key={heading}
      data-column={column}
      data-heading={heading}
      data-main={column === 'available' || undefined}
      data-gone={(column === 'available' && level.available === 0) || undefined}
      className="data-main:font-semibold data-gone:[&_span]:text-low max-desktop:before:block max-desktop:before:font-normal max-desktop:before:text-fine max-desktop:before:text-soft max-desktop:before:content-[attr(data-heading)] desktop:px-3 desktop:py-2 desktop:text-right"
    >
      <a
        href={explainAddress({ ...level, quantity: column }) as Route}
        title={levelCellsWords.howIsThisCalculated}
        tabIndex={isRunning ? (column === active ? 0 : -1) : undefined}
        className="-mx-1 inline-block min-w-6 px-1 decoration-1 underline-offset-4 hover:underline max-desktop:py-0.5"
      >
        <LiveUnits count={level[column]} />
      </a>
    </td>
  ))
})
