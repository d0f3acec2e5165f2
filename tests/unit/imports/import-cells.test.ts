import { expect, test } from 'vitest'
import { problemText } from '@/lib/domain/imports/problem'
import { parseCatalogue } from '@/lib/domain/imports/reading/parse-catalogue'
import { aMug, csv, type Line } from '@/tests/support/shop/catalogue-file'

/** The shop's problems with one line with one cell changed; the staged variant when it is valid. */
function read(change: Line, currency = 'EUR') {
  const file = parseCatalogue(csv([{ ...aMug, ...change }]), currency)
  return file.ok ? file.data.products[0]?.variants[0] : file.error.map(problemText)
}

test.for([
  ['50', 5000],
  ['9.99', 999],
  ['9.9', 990],
  ['0', 0],
  ['21474836.47', 2_147_483_647],
])('a price of %s is taken to the cent', ([text, minor]) => {
  expect(read({ 'Variant Price': String(text) })).toMatchObject({ price_minor: minor })
})

test.for([
  ['9,99', 'has a comma: write it with a point, like 9.99'],
  ['1,000.00', 'is not a price: write the number alone, like 9.99'],
  ['€9', 'is not a price: write the number alone, like 9.99'],
  ['9.', 'is not a price: write the number alone, like 9.99'],
  ['1e3', 'is not a price: write the number alone, like 9.99'],
  ['-1', 'is below zero'],
  ['9.999', 'has 3 decimals, EUR has 2'],
  ['21474836.48', 'is more than a price can be'],
])('a price of %s is refused with the reason', ([text, why]) => {
  expect(read({ 'Variant Price': text })).toEqual([`line 2, Variant Price "${text}": ${why}`])
})

test('a variant without a price is refused', () => {
  expect(read({ 'Variant Price': '' })).toEqual([
    'line 2, Variant Price: is missing: every variant needs a price, like 9.99',
  ])
})

test('a price has as many decimals as its currency', () => {
  expect(read({ 'Variant Price': '500' }, 'JPY')).toMatchObject({ price_minor: 500 })
  expect(read({ 'Variant Price': '5.00' }, 'JPY')).toEqual([
    'line 2, Variant Price "5.00": has 2 decimals, JPY has 0',
  ])
  expect(read({ 'Variant Price': '1.234' }, 'KWD')).toMatchObject({ price_minor: 1234 })
})

test.for([
  ['-3', 'is below zero: a shop cannot owe stock, write 0'],
  ['2.5', 'is not a whole number of units'],
  ['many', 'is not a number of units'],
  ['1000001', 'is more than 1000000'],
])('a quantity of %s is refused with the reason', ([text, why]) => {
  expect(read({ 'Variant Inventory Qty': text })).toEqual([`line 2, Variant Inventory Qty "${text}": ${why}`])
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
  [{ Handle: 'Crème Mug' }, 'Handle "Crème Mug": may only have a-z, 0-9 and single hyphens: write creme-mug'],
  [{ Handle: 'a'.repeat(256) }, `Handle "${'a'.repeat(79)}…": is longer than 255 characters`],
  [{ Title: 'M'.repeat(256) }, `Title "${'M'.repeat(79)}…": is longer than 255 characters`],
  [{ Title: '' }, 'Title: is missing: the first line of a handle names the product'],
  [{ Published: 'yes' }, 'Published "yes": is neither true nor false'],
  [{ Status: 'gone' }, 'Status "gone": is none of active, draft and archived'],
  [{ 'Variant Inventory Policy': 'allow' }, 'Variant Inventory Policy "allow": is neither deny nor continue'],
  [
    { 'Variant Barcode': '4.00638E+12' },
    'Variant Barcode "4.00638E+12": was rounded by a spreadsheet: format the column as text and enter the digits again',
  ],
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
  [{ Type: '大' }, 'Type "大": has no letter or digit of a-z, 0-9 to make an address from'],
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
