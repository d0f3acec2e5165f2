import { expect, test } from 'vitest'
import { csvLines } from '@/lib/domain/exports/csv'
import { inventoryHeading, inventoryRecords } from '@/lib/domain/exports/inventory-records'
import { problemText } from '@/lib/domain/imports/problem'
import { parseFile } from '@/lib/domain/imports/reading/parse-file'
import { parseInventory } from '@/lib/domain/imports/reading/parse-inventory'
import { csv, type Line, testProduct } from '@/tests/support/shop/catalogue-file'

const columns = ['SKU', 'Location', 'On hand (current)', 'On hand (new)', 'Ledger position (not editable)']
const aLine: Line = {
  SKU: 'MUG',
  Location: 'Harbour shop',
  'On hand (current)': '12',
  'On hand (new)': '15',
  'Ledger position (not editable)': '77',
}

function levels(lines: Line[], heading = columns) {
  const file = parseInventory(csv(lines, heading))
  return file.ok ? file.data.levels : file.error.map(problemText)
}

test('a line says which variant it means, where, what was there at the export and what is there now', () => {
  expect(levels([aLine])).toEqual([
    {
      line: 2,
      sku: 'MUG',
      handle: null,
      option_values: [],
      location: 'Harbour shop',
      expected: 12,
      ledger_position: 77,
      counted: 15,
      asks: [],
    },
  ])
})

test.for([
  ['', 'blank'],
  ['12', 'the old value'],
  ['not stocked', 'not stocked where nothing was', '0'],
])('a line whose new number is "%s" (%s) claims nothing', ([counted = '', , expected = '12']) => {
  expect(levels([{ ...aLine, 'On hand (new)': counted, 'On hand (current)': expected }])).toEqual([])
})

test('a file from before Shopify had two columns sets what it says', () => {
  const old = { Handle: 'mug', 'Option1 Value': 'Blue', Location: 'Harbour shop', 'On hand': '4' }

  expect(levels([old], ['Handle'])).toMatchObject([
    { sku: null, handle: 'mug', option_values: ['Blue'], expected: null, ledger_position: null, counted: 4 },
  ])
})

test.for([
  [
    { 'On hand (new)': 'many' },
    'line 2, On hand (new) "many": is not a number of units: write digits alone, like 12',
  ],
  [{ 'On hand (current)': '1.5' }, 'line 2, On hand (current) "1.5": is not a whole number of units'],
  [{ SKU: '' }, 'line 2, SKU: is missing, and so is the handle: every line says which variant it is about'],
  [{ Location: '' }, 'line 2, Location: is missing: every line says where its units are'],
  [
    { 'Ledger position (not editable)': '7E+1' },
    'line 2, Ledger position (not editable) "7E+1": is not what the export wrote there: leave this column as it is',
  ],
] as const)('a line like %j is explained', ([change, problem]) => {
  expect(levels([{ ...aLine, ...change }])).toEqual([problem])
})

test('the heading says whether a file is about products or about units', () => {
  expect(parseFile(csv([aLine], columns), 'EUR')).toMatchObject({ ok: true, data: { kind: 'inventory' } })
  expect(parseFile(csv([testProduct]), 'EUR')).toMatchObject({ ok: true, data: { kind: 'products' } })
})

test('exports name each level so that an edit of it is read as one', () => {
  const [variant, place] = ['30000000-0000-4000-8000-000000000003', '30000000-0000-4000-8000-000000000001']
  const level = {
    location_id: place,
    on_hand: 12,
    held: 1,
    committed: 2,
    safety: 3,
    available: 6,
    ledger_position: 9,
  }
  const product = {
    id: '',
    position: 1,
    handle: 'mug',
    title: '=Mug',
    description_html: '',
    vendor: '',
    categories: { slug: 'tests', title: 'Tests' },
    tags: [],
    option_names: ['Glaze'],
    tax_rate_bp: 1900,
    status: 'active' as const,
    product_media: [],
    variants: [
      {
        id: variant,
        position: 1,
        sku: '-MUG',
        option_values: ['Blue'],
        price_minor: 900,
        compare_at_minor: null,
        barcode: null,
        active: true,
        stock_levels: [level],
      },
    ],
  }
  const [record = []] = inventoryRecords(product, [{ id: place, slug: 'shop', name: 'The shop' }])
  const edited = record.with(inventoryHeading.indexOf('On hand (new)'), '15')
  const file = parseInventory(new TextEncoder().encode(csvLines([inventoryHeading, edited])))

  expect(record.slice(10, 16)).toEqual(['4', '2', '6', '12', '', '9'])
  expect(file).toMatchObject({
    ok: true,
    data: {
      warnings: [],
      levels: [{ sku: '-MUG', location: 'The shop', expected: 12, counted: 15, ledger_position: 9 }],
    },
  })
})
