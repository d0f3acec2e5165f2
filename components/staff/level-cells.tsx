import type { StockLevel } from '@/lib/domain/stock'
import { LiveUnits } from './live-units'

const columns = [
  ['Available', 'available'],
  ['On hand', 'on_hand'],
  ['Held', 'held'],
  ['Committed', 'committed'],
  ['Safety', 'safety'],
] as const satisfies readonly (readonly [string, keyof StockLevel])[]

/** The headings of what LevelCells shows. Renders `<th>`s. */
export function LevelHeadings() {
  return columns.map(([heading]) => (
    <th key={heading} scope="col" className="w-24 px-3 text-right">
      {heading}
    </th>
  ))
}

/** The units of one level, from what can be sold to what is kept back. Renders `<td>`s. */
export function LevelCells({ level }: { level: StockLevel }) {
  return columns.map(([heading, column]) => (
    <td
      key={heading}
      data-heading={heading}
      data-main={column === 'available' || undefined}
      className="data-main:font-semibold desktop:data-main:text-body max-desktop:before:block max-desktop:before:font-normal max-desktop:before:text-fine max-desktop:before:text-soft max-desktop:before:content-[attr(data-heading)] desktop:px-3 desktop:py-2 desktop:text-right"
    >
      <LiveUnits count={level[column]} />
    </td>
  ))
}
