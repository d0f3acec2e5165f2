import { expect, test } from 'vitest'
import type { PickLine } from '@/lib/domain/orders/order-desk'
import { atLocations, leftToPick, lineOf, withPicks } from '@/lib/domain/orders/pick-list'

const shop = { id: 'bbbbbbbb-0000-4000-8000-000000000001', slug: 'shop', name: 'The shop' }
const cellar = { id: 'bbbbbbbb-0000-4000-8000-000000000002', slug: 'cellar', name: 'The cellar' }

function line(item: number, at: typeof shop, units: Partial<PickLine> = {}): PickLine {
  return {
    order_id: 'cccccccc-0000-4000-8000-000000000001',
    order_item_id: item,
    location_id: at.id,
    variant_id: 'aaaaaaaa-0000-4000-8000-000000000001',
    sku: `MUG-${item}`,
    barcode: null,
    title: 'Mug',
    option_values: [],
    quantity: 3,
    picked: 0,
    fulfilled: 0,
    picture: null,
    ...units,
  }
}
const pick = (item: number, at: typeof shop, picked: number) => ({
  order_item_id: item,
  location_id: at.id,
  order_id: 'cccccccc-0000-4000-8000-000000000001',
  picked,
  version: 2,
})

test('a line is as far as its latest scan, at that location alone', () => {
  const lines = [line(1, shop), line(1, cellar)]

  expect(withPicks(lines, [pick(1, shop, 2)]).map(leftToPick)).toEqual([1, 3])
})

test('units handed over without a scan count as picked', () => {
  expect(withPicks([line(1, shop, { fulfilled: 3 })], [pick(1, shop, 1)]).map(leftToPick)).toEqual([0])
})

test('pick lists are in the shop’s order of locations, closed ones last', () => {
  const closed = { ...shop, id: 'bbbbbbbb-0000-4000-8000-000000000009' }
  const groups = atLocations([line(3, closed), line(2, cellar), line(1, shop)], [shop, cellar])

  expect(groups.map(({ location, toPick }) => [location.name, toPick])).toEqual([
    ['The shop', 3],
    ['The cellar', 3],
    ['A closed location', 3],
  ])
})

test('a scanned code means the line that still wants units, whatever its case', () => {
  const lines = [line(1, shop, { barcode: '4006', picked: 3 }), line(2, shop, { barcode: '4006' })]

  expect(lineOf(' 4006 ', lines)?.order_item_id).toBe(2)
  expect(lineOf('mug-1', lines)?.order_item_id).toBe(1)
  expect(lineOf('mug-9', lines)).toBeUndefined()
})
