import type { StockLevel } from '@/lib/domain/stock/stock'

/** The quantities of a level as the grid shows them, from available to safety stock. */
export const quantityColumns = [
  ['Available', 'available'],
  ['On hand', 'on_hand'],
  ['Held', 'held'],
  ['Committed', 'committed'],
  ['Safety', 'safety'],
] as const satisfies readonly (readonly [string, keyof StockLevel])[]

/** Every column of the grid, in order: what the arrow keys walk over. */
export const gridColumns = [
  'variant',
  'location',
  ...quantityColumns.map(([, quantity]) => quantity),
  'adjust',
] as const
export type GridColumn = (typeof gridColumns)[number]

/** A cell: which variant of the list, which of its locations, which column. */
export interface Cell {
  index: number
  place: number
  column: GridColumn
}
