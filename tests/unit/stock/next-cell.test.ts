import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Cell, gridColumns } from '@/components/staff/grid/columns'
import { nextCell } from '@/components/staff/grid/next-cell'

const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End']
const twoPlaces = { variants: 3, places: 2, mayAdjust: true }
const cell = (index: number, place: number, column: Cell['column']): Cell => ({ index, place, column })

test('the focus stays in an existing cell, whatever keys are pressed', () => {
  const extent = fc.record({
    variants: fc.integer({ min: 1, max: 40 }),
    places: fc.integer({ min: 1, max: 4 }),
    mayAdjust: fc.boolean(),
  })
  fc.assert(
    fc.property(extent, fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean())), (grid, presses) => {
      let at = cell(0, 0, 'variant')
      for (const [key, isCtrl] of presses) at = nextCell(at, key, isCtrl, grid) ?? at
      expect(at.index).toBeLessThan(grid.variants)
      expect(at.place).toBeLessThan(at.column === 'variant' ? 1 : grid.places)
      expect(Math.min(at.index, at.place)).toBeGreaterThanOrEqual(0)
      expect(grid.mayAdjust || at.column !== 'adjust').toBe(true)
    }),
  )
})

test('down goes through the locations of a variant, then to the next variant', () => {
  expect(nextCell(cell(0, 0, 'held'), 'ArrowDown', false, twoPlaces)).toEqual(cell(0, 1, 'held'))
  expect(nextCell(cell(0, 1, 'held'), 'ArrowDown', false, twoPlaces)).toEqual(cell(1, 0, 'held'))
  expect(nextCell(cell(0, 0, 'variant'), 'ArrowDown', false, twoPlaces)).toEqual(cell(1, 0, 'variant'))
  expect(nextCell(cell(1, 0, 'held'), 'ArrowUp', false, twoPlaces)).toEqual(cell(0, 1, 'held'))
})

test('every column can be reached from the first, and a letter moves nothing', () => {
  let at = cell(1, 0, 'variant')
  const seen = [at.column]
  for (let step = 1; step < gridColumns.length; step++) {
    at = nextCell(at, 'ArrowRight', false, twoPlaces) ?? at
    seen.push(at.column)
  }
  expect(seen).toEqual([...gridColumns])
  expect(nextCell(at, 'x', false, twoPlaces)).toBeNull()
})
