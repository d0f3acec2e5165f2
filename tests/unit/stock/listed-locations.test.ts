import { expect, test } from 'vitest'
import { entriesPerPage, listedLocations } from '@/lib/domain/stock/inventory'

const places = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `place-${index}` }))
const ids = (listed: readonly { id: string }[]) => listed.map(({ id }) => id)

test('a shop with few locations lists each of them', () => {
  expect(listedLocations(places(6), '', [])).toHaveLength(6)
})

test('of 200 locations the list has six, first those that the staff member may change', () => {
  const all = places(200)

  expect(ids(listedLocations(all, '', all.slice(198)))).toEqual([
    'place-198',
    'place-199',
    'place-0',
    'place-1',
    'place-2',
    'place-3',
  ])
})

test('a chosen location is listed alone', () => {
  expect(ids(listedLocations(places(200), 'place-150', []))).toEqual(['place-150'])
})

test('a page of the list has about a hundred rows, whatever the number of locations', () => {
  expect([0, 1, 2, 3, 6].map((count) => entriesPerPage(places(count)))).toEqual([50, 50, 50, 33, 16])
})
