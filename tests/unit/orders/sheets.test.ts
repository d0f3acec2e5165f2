import { expect, test } from 'vitest'
import { SheetChoice, slipLines } from '@/lib/domain/orders/sheets'

const item = (id: number, quantity: number, cancelled: number) => ({
  ...{ id, quantity, cancelled, fulfilled: 0, returned: 0 },
  ...{ variant_id: 'aaaaaaaa-0000-4000-8000-000000000001', sku: 'JUG', title: 'Pour Jug', option_values: [] },
  ...{ price_minor: 100, total_minor: 100 * quantity },
})

test('a packing slip lists the units that are sent, not those that were cancelled', () => {
  const items = [item(1, 3, 1), item(2, 2, 2), item(3, 1, 0)]

  expect(slipLines({ items }).map(({ id, units }) => [id, units])).toEqual([
    [1, 2],
    [3, 1],
  ])
})

test('an address that names no sheet or no format shows the packing slip on A4', () => {
  expect(SheetChoice.parse({})).toEqual({ sheet: 'slip', format: 'a4' })
  expect(SheetChoice.parse({ sheet: ['pick', 'label'], format: '<script>' })).toEqual({
    sheet: 'slip',
    format: 'a4',
  })
  expect(SheetChoice.parse({ sheet: 'label', format: 'roll' })).toEqual({ sheet: 'label', format: 'roll' })
})
