import { expect, test } from 'vitest'
import { problemText } from '@/lib/domain/imports/problem'
import { parseCatalogue } from '@/lib/domain/imports/reading/parse-catalogue'
import { csv, type Line, testProduct } from '@/tests/support/shop/catalogue-file'

/** The shop's problems with one line with one cell changed; the staged variant when it is valid. */
function read(change: Line, currency = 'EUR') {
  const file = parseCatalogue(csv([{ ...testProduct, ...change }]), currency)
  return file.ok ? file.data.products[0]?.variants[0] : file.error.map(problemText)
}

test.for([
  ['50', 5000],
  ['9.99', 999],
  ['9.9', 990],
  ['0', 0],
  ['21474836.47', 2_147_483_647],
  ['9,99', 999],
  ['1,299.00', 129_900],
  ['1.299,00', 129_900],
  ['1 299,00', 129_900],
  ["1'299.00", 129_900],
  ['1.299.000', 129_900_000],
  ['€9', 900],
  ['9,99 €', 999],
  ['EUR 9.99', 999],
  ['9.9900', 999],
  ['９.９９', 999],
])('a price of %s is taken to the cent', ([text, minor]) => {
  expect(read({ 'Variant Price': String(text) })).toMatchObject({ price_minor: minor })
})

test.for([
  ['1.299', 'is 1299 or 1.299: write it with 2 decimals'],
  ['1,299', 'is 1299 or 1.299: write it with 2 decimals'],
  ['12,99.00', 'is not a price: write the number alone, like 9.99'],
  ['$9', 'is not a price: write the number alone, like 9.99'],
  ['9.', 'is not a price: write the number alone, like 9.99'],
  ['1e3', 'is a number that a spreadsheet has rounded, perhaps a code: write the price, like 9.99'],
  ['4,00638E+12', 'is a number that a spreadsheet has rounded, perhaps a code: write the price, like 9.99'],
  ['4006381333931', 'is more than a price can be: a code, perhaps, in the wrong column'],
  ['-1', 'is below zero: write the price a shopper pays'],
  ['9.9999', 'has 4 decimals, EUR has 2: round it'],
  ['21474836.48', 'is more than a price can be: a code, perhaps, in the wrong column'],
])('a price of %s is refused with the reason', ([text, why]) => {
  expect(read({ 'Variant Price': text })).toEqual([`line 2, Variant Price "${text}": ${why}`])
})

test.for([
  ['the SKU of the variant', '22423', '22423', ''],
  ['the barcode of the variant', '6000291', '', '6000291'],
  ['a GTIN-8', '12345670', '', ''],
])('a price that is %s is asked about', ([, price = '', sku = '', barcode = '']) => {
  const file = parseCatalogue(
    csv([{ ...testProduct, 'Variant Price': price, 'Variant SKU': sku, 'Variant Barcode': barcode }]),
    'EUR',
  )
  expect(file.ok && file.data.products[0]?.asks).toContainEqual(
    expect.objectContaining({ kind: 'price_is_code', value: price, column: 'Variant Price' }),
  )
})

test('a price with decimals, or of a few digits, is a price whatever the codes are', () => {
  for (const price of ['224', '22423.00']) {
    const file = parseCatalogue(
      csv([{ ...testProduct, 'Variant Price': price, 'Variant SKU': price.replace('.00', '') }]),
      'EUR',
    )
    expect(file.ok && file.data.products[0]?.asks).toEqual([])
  }
})

test('a variant without a price keeps the one it has', () => {
  expect(read({ 'Variant Price': '' })).toMatchObject({ price_minor: null })
})

test('other prices of a file tell what one with three digits after its mark is', () => {
  const price = (other: string, text: string) => {
    const bowl = { ...testProduct, Handle: 'bowl', 'Variant Price': other }
    const file = parseCatalogue(csv([{ ...testProduct, 'Variant Price': text }, bowl]), 'EUR')
    return file.ok ? file.data.products[0]?.variants[0]?.price_minor : file.error.map(problemText)
  }

  expect(price('9,99', '1.299')).toBe(129_900)
  expect(price('9.99', '1,299')).toBe(129_900)
  expect(price('9.99', '1.299')).toEqual([
    'line 2, Variant Price "1.299": has 3 decimals, EUR has 2: round it',
  ])
})

test('a price has as many decimals as its currency', () => {
  expect(read({ 'Variant Price': '500' }, 'JPY')).toMatchObject({ price_minor: 500 })
  expect(read({ 'Variant Price': '1200.00' }, 'JPY')).toMatchObject({ price_minor: 1200 })
  expect(read({ 'Variant Price': '1,200' }, 'JPY')).toMatchObject({ price_minor: 1200 })
  expect(read({ 'Variant Price': '5.50' }, 'JPY')).toEqual([
    'line 2, Variant Price "5.50": has 2 decimals, JPY has 0: round it',
  ])
  expect(read({ 'Variant Price': '12.500' }, 'KWD')).toMatchObject({ price_minor: 12_500 })
  expect(read({ 'Variant Price': '1.234' }, 'KWD')).toMatchObject({ price_minor: 1234 })
})

test.for([
  ['2.5', 'is not a whole number of units'],
  ['many', 'is not a number of units: write digits alone, like 12'],
  ['1.250', 'is not a whole number of units'],
  ['1000001', 'is more than 1000000: a code, perhaps, in the wrong column'],
])('a quantity of %s is refused with the reason', ([text, why]) => {
  expect(read({ 'Variant Inventory Qty': text })).toEqual([`line 2, Variant Inventory Qty "${text}": ${why}`])
})

test.for([
  ['-3', 0],
  ['2.0', 2],
  ['1,250', 1250],
  ['1.000', 1],
  ['007', 7],
])('a quantity of %s is %s units', ([text, units]) => {
  expect(read({ 'Variant Inventory Qty': String(text) })).toMatchObject({ quantity: units })
})

test('a blank quantity claims nothing, zero claims zero', () => {
  expect(read({ 'Variant Inventory Qty': '' })).toMatchObject({ quantity: null })
  expect(read({ 'Variant Inventory Qty': '0' })).toMatchObject({ quantity: 0 })
})

test('a former price is none when blank, and unknown when the file has no such column', () => {
  expect(read({})).toMatchObject({ compare_at_minor: null })
  expect(read({ 'Variant Compare At Price': '' })).toMatchObject({ compare_at_minor: 0 })
  expect(read({ 'Variant Compare At Price': '12' })).toMatchObject({ compare_at_minor: 1200 })
})

test.for([
  [{ Handle: 'a'.repeat(256) }, `Handle "${'a'.repeat(79)}…": is longer than 255 characters`],
  [{ Title: 'M'.repeat(256) }, `Title "${'M'.repeat(79)}…": is longer than 255 characters`],
  [{ Published: 'perhaps' }, 'Published "perhaps": is neither true nor false'],
  [{ Status: 'gone' }, 'Status "gone": is none of active, draft and archived'],
  [{ 'Variant Inventory Policy': 'allow' }, 'Variant Inventory Policy "allow": is neither deny nor continue'],
  [
    { 'Image Src': 'javascript:alert(1)' },
    'Image Src "javascript:alert(1)": is not an address that begins with https:// or http://',
  ],
  [
    { 'Image Src': '//cdn/a.jpg' },
    'Image Src "//cdn/a.jpg": is not an address that begins with https:// or http://',
  ],
  [
    { 'Image Src': 'https://cdn/a.jpg', 'Image Position': '0' },
    'Image Position "0": is not a position: write 1, 2, 3 …',
  ],
  [
    { 'Body (HTML)': 'x'.repeat(100_001) },
    `Body (HTML) "${'x'.repeat(79)}…": is longer than 100000 characters`,
  ],
] as [Line, string][])('a cell like %j is refused with the reason', ([change, problem]) => {
  expect(read(change)).toEqual([`line 2, ${problem}`])
})

test('cells that look like parts of the language are only text', () => {
  expect(read({ Published: 'constructor' })).toEqual([
    'line 2, Published "constructor": is neither true nor false',
  ])
})
