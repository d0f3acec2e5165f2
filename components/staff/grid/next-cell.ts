import { type Cell, type GridColumn, gridColumns } from './columns'

/** How far the grid reaches. */
export interface Extent {
  variants: number
  /** Locations of each variant. */
  places: number
  mayAdjust: boolean
}

/** How many variants a page key moves by. */
const pageStep = 8

/** Where a key leads from a cell, within the grid; null for a key that leads nowhere. */
export function nextCell(from: Cell, key: string, isCtrl: boolean, extent: Extent): Cell | null {
  const columns = gridColumns.filter((column) => extent.mayAdjust || column !== 'adjust')
  const last = { index: extent.variants - 1, place: extent.places - 1 }
  switch (key) {
    case 'ArrowUp':
      return from.place > 0 && from.column !== 'variant'
        ? { ...from, place: from.place - 1 }
        : from.index > 0
          ? { ...from, index: from.index - 1, place: from.column === 'variant' ? 0 : last.place }
          : from
    case 'ArrowDown':
      return from.place < last.place && from.column !== 'variant'
        ? { ...from, place: from.place + 1 }
        : from.index < last.index
          ? { ...from, index: from.index + 1, place: 0 }
          : from
    case 'ArrowLeft':
      return inColumn(from, columns, -1)
    case 'ArrowRight':
      return inColumn(from, columns, 1)
    case 'PageUp':
      return { ...from, index: Math.max(0, from.index - pageStep) }
    case 'PageDown':
      return { ...from, index: Math.min(last.index, from.index + pageStep) }
    case 'Home':
      return isCtrl ? { ...from, index: 0, place: 0 } : { ...from, place: 0, column: 'variant' }
    case 'End':
      return isCtrl
        ? { ...from, index: last.index, place: from.column === 'variant' ? 0 : last.place }
        : { ...from, column: columns.at(-1) ?? from.column }
    default:
      return null
  }
}

/** The variant's own cell spans its rows: it is in the first row and is reached from each of them. */
function inColumn(from: Cell, columns: readonly GridColumn[], step: 1 | -1): Cell {
  const column = columns[columns.indexOf(from.column) + step] ?? from.column
  return { ...from, column, place: column === 'variant' ? 0 : from.place }
}
