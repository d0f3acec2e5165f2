import { expect, test } from 'vitest'
import {
  isBuyable,
  type ShelfBand,
  type ShelfRow,
  shelfOf,
  stockOfProduct,
  stockOfVariant,
} from '@/lib/domain/stock/shelf'

function rows(...stock: [ShelfBand, number | null][]): ShelfRow[] {
  return stock.map(([band, left], index) => ({
    variant_id: `v${index}`,
    product_id: 'p',
    band,
    left,
    version: 1,
  }))
}

test('a product is in stock while one of its variants is', () => {
  expect(stockOfProduct(rows(['out', null], ['in', null], ['low', 2]))).toEqual({ band: 'in', left: null })
})

test('few units are added up over the variants', () => {
  expect(stockOfProduct(rows(['low', 2], ['low', 1], ['out', null]))).toEqual({ band: 'low', left: 3 })
})

test('a limited edition says how many are left even when there are plenty', () => {
  expect(stockOfProduct(rows(['in', 40], ['low', 2]))).toEqual({ band: 'in', left: 42 })
})

test('a product is sold out when no variant is left, and not available when none is for sale', () => {
  expect(stockOfProduct(rows(['out', null], ['unlisted', null]))).toEqual({ band: 'out', left: null })
  expect(stockOfProduct(rows(['unlisted', null]))).toEqual({ band: 'unlisted', left: null })
  expect(stockOfProduct([])).toEqual({ band: 'unlisted', left: null })
})

test('a variant that the shelf does not know is not for sale', () => {
  expect(stockOfVariant(rows(['in', null]), 'another')).toEqual({ band: 'unlisted', left: null })
})

test('a row of the shelf is read exactly, and anything else is no row', () => {
  const [row] = rows(['low', 2])
  const { parse, columns } = shelfOf([]).source

  expect(parse({ ...row, secret: 17 })).toEqual(row)
  expect(parse({ ...row, left: null })).toEqual({ ...row, left: null })
  expect(Object.keys(row ?? {}).sort()).toEqual([...columns].sort())
  for (const column of columns) expect(parse({ ...row, [column]: undefined })).toBeNull()
  for (const wrong of [{ band: 'plenty' }, { left: '2' }, { left: 0.5 }, { version: '1' }]) {
    expect(parse({ ...row, ...wrong })).toBeNull()
  }
  expect([null, 'row', 7].map(parse)).toEqual([null, null, null])
})

test('only what is there can be bought', () => {
  expect(rows(['in', null], ['low', 1], ['out', null], ['unlisted', null]).map(isBuyable)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
