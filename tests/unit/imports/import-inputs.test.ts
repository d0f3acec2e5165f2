import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type AskKind, type FixKind, fixes } from '@/lib/domain/imports/finding'
import { problemText } from '@/lib/domain/imports/problem'
import { parseFile } from '@/lib/domain/imports/reading/parse-file'

interface Outcome {
  currency?: string
  fixes?: FixKind[]
  asks?: Partial<Record<AskKind, number>>
  /** Of the first product. */
  product?: object
  /** Of the first variants of all products, in their order. */
  variants?: object[]
  levels?: object[]
}

/** The outcome of each kind of file that other systems and spreadsheets write. */
const outcomes: Record<string, Outcome> = {
  '01-apostrophe-codes.csv': {
    fixes: ['apostrophe_removed'],
    variants: [{ sku: '70231', barcode: '4006381333931' }, { barcode: '0036000291452' }, { sku: 'CAP-47' }],
  },
  '02-handle-underscore.csv': handle('untitled-mar3-09-41', 'untitled-mar3_09-41'),
  '02b-handle-trademark.csv': handle('grip-fixtm-tape-50', 'grip-fix™-tape-50'),
  '02c-handle-emoji.csv': handle('spring-bunch', 'spring-bunch-🌷'),
  '02d-handle-arabic.csv': handle('small-lantern', 'فانوس-صغير'),
  '02e-handle-vietnamese.csv': handle('nhan-bac', 'nhẫn-bạc'),
  '02f-handle-capitals.csv': handle('oak-tray', 'Oak-Tray'),
  '02g-handle-underscore-inner.csv': handle('oak-tray', 'oak_tray'),
  '03-inventory-locations-as-columns.csv': {
    fixes: ['not_stocked'],
    levels: [{ sku: 'CPP-L', location: 'Harbour shop', counted: 4, expected: null }],
  },
  '04-update-without-price.csv': {
    product: { option_names: null },
    variants: [{ sku: 'OT-1', price_minor: null, options_given: false, quantity: 7 }],
  },
  '04b-only-tags.csv': { product: { tags: ['wood', 'kitchen'], variants: [] } },
  '05-negative-quantity.csv': {
    fixes: ['stock_below_zero'],
    variants: [{ quantity: 0 }, { quantity: 6 }],
  },
  '05b-decimal-quantity.csv': {
    fixes: ['quantity_rewritten'],
    variants: [{ quantity: 2 }, { quantity: 6 }],
  },
  '06-one-sku-many-variants.csv': {
    fixes: ['sku_derived'],
    product: { variants: [{ sku: 'LINEN' }, { sku: 'LINEN-RUST' }] },
  },
  '07-barcode-decimal-comma-science.csv': { asks: { rounded_code: 1 } },
  '07b-barcode-point-zero.csv': { fixes: ['code_cleaned'], variants: [{ barcode: '4006381333931' }] },
  '07c-sku-science.csv': { asks: { rounded_code: 1 } },
  '07d-barcode-science-forms.csv': {
    fixes: ['code_cleaned', 'no_barcode'],
    asks: { rounded_code: 4, shared_barcode: 2 },
  },
  '08-excel-drops-trailing-cells.csv': { fixes: ['row_cut_short'], variants: [{ price_minor: 1000 }] },
  '09-invisible-characters.csv': {
    fixes: ['invisible_removed'],
    variants: [{ sku: 'CM-1', barcode: '5012345678900' }, { sku: 'CC-1' }],
  },
  '10-type-japanese.csv': { fixes: ['category_address'], product: { category_title: '化粧品' } },
  '10b-type-arabic.csv': { fixes: ['category_address'], product: { category_title: 'عطور' } },
  '10c-type-cyrillic.csv': { fixes: ['category_address'], product: { category_title: 'Кухня' } },
  '10d-type-amp.csv': { fixes: ['category_address'], product: { category_title: '&' } },
  '11-1200-variants.csv': { variants: [{ sku: 'TR-0000' }] },
  '12-sku-case-twins.csv': { fixes: ['sku_twins'], variants: [{ sku: 'jug-1' }, { sku: 'JUG-1' }] },
  '13-one-barcode-two-products.csv': { asks: { shared_barcode: 2 } },
  '13b-twins.csv': { asks: { shared_barcode: 5 } },
  '14-windows-1252.csv': { fixes: ['guessed_encoding'], product: { title: 'Crème Pot' } },
  '15-utf16.csv': { product: { title: 'Crème Pot' } },
  '16-semicolon.csv': { product: { title: 'Crème Pot' } },
  '17-sep-line.csv': { fixes: ['apostrophe_removed'], product: { line: 3 } },
  '18-thousands.csv': { fixes: ['price_rewritten'], variants: [{ price_minor: 129_900 }] },
  '19-image-with-space.csv': {
    fixes: ['picture_escaped'],
    product: { media: [{ src: 'https://example.com/pictures/tin%20cup.jpg' }] },
  },
  '20-compare-at-negative.csv': { fixes: ['compare_at_dropped'], variants: [{ compare_at_minor: 0 }] },
  '21-metafield-only-row.csv': {
    product: { kept: { 'Colour (product.metafields.custom.colour)': ['red', 'blue'] } },
  },
  '22-jpy-decimals.csv': { currency: 'JPY', fixes: ['price_rewritten'], variants: [{ price_minor: 1200 }] },
  '23-kwd.csv': { currency: 'KWD', variants: [{ price_minor: 12_500 }] },
  '24-smart-quotes.csv': { product: { title: 'Frame 8” × 10” – “Oak”' } },
  '25-title-newline.csv': { fixes: ['title_one_line'], product: { title: 'Frame Oak' } },
  '30-search.csv': { product: { title: 'Crème Brûlée Dish' } },
  '32-not-taxable.csv': { asks: { tax_exempt: 1 } },
  '33-own-export-saved-in-belgian-excel.csv': { levels: [{ sku: 'OB-1', expected: 4, counted: 9 }] },
  '33b-own-export-saved-as-tab-text.txt': { levels: [{ sku: 'OB-1', expected: 4, counted: 9 }] },
  '34a-leading-zeros.csv': { variants: [{ sku: '00123', barcode: '00012345' }, {}] },
  '34b-excel-lost-the-zeros.csv': { variants: [{ sku: '123' }, {}] },
  '34c-inventory-lost-zeros.csv': { levels: [{ sku: '123', handle: 'hinge-small', counted: 11 }] },
  '34d-date-sku.csv': { product: { variants: [{ sku: 'MAR-10' }, { sku: 'MAR-11' }] } },
  '34e-date-sku-after-excel.csv': { asks: { date_code: 4 } },
  '40-excel-german.csv': {
    fixes: ['guessed_encoding', 'price_rewritten', 'quantity_rewritten'],
    product: {
      title: 'Große Schüssel',
      description_html: '<p>Für Obst; von Hand gedreht</p>',
      variants: [
        {
          price_minor: 123_450,
          compare_at_minor: 149_900,
          quantity: 1200,
          kept: { 'Variant Grams': '1.850' },
        },
        { price_minor: 8990, option_values: ['Klein'] },
      ],
    },
  },
  '41-google-sheets.tsv': {
    fixes: ['quantity_rewritten'],
    product: {
      title: 'Roast 12" blend, strong',
      description_html: '<p>Dark, with "notes" of cocoa</p>',
      variants: [{ quantity: 1250, barcode: '00012348' }],
    },
  },
  '42-libreoffice-utf16.csv': {
    fixes: ['price_rewritten'],
    product: { title: 'Vaso "Ñandú"', variants: [{ sku: 'VÑ-1', price_minor: 1290 }] },
  },
  '43-shopify-2014.csv': {
    fixes: ['sells_on', 'stock_below_zero'],
    product: {
      kept: { 'Google Shopping / Condition': ['new'] },
      variants: [{ option_values: ['S', 'Olive'], quantity: 4 }, { quantity: 0 }],
    },
  },
  '44-inventory-wide.csv': {
    fixes: ['apostrophe_removed', 'not_stocked', 'quantity_rewritten', 'stock_below_zero'],
    levels: [
      { sku: 'FJ-S-O', location: 'Harbour shop', counted: 4 },
      { sku: 'FJ-S-O', location: 'Pop-up 2024', counted: 0 },
      { sku: '70231', location: 'Warehouse, north', counted: 1204 },
      { sku: '70231', location: 'Pop-up 2024', counted: 0 },
    ],
  },
  '45-numbers-sep.csv': {
    fixes: ['price_rewritten'],
    product: {
      title: 'Frame; 8" × 10"',
      description_html: '<p>First line\nsecond "quoted" line;\n\nthird</p>',
      variants: [{ line: 3, price_minor: 2400 }],
    },
  },
  '47-metafields-2025.csv': {
    product: {
      kept: {
        'Colour (product.metafields.shopify.color-pattern)': ['["white","sand"]'],
        'Care (product.metafields.custom.care)': ["Wash at 30°; don't tumble"],
      },
      variants: [{ kept: { 'Size chart (variant.metafields.custom.chart)': 'A' } }, { barcode: '' }],
    },
  },
  '48-woocommerce-german.csv': {
    fixes: ['price_rewritten'],
    product: {
      title: 'Kanne',
      category_title: 'Kannen',
      option_names: ['Farbe'],
      variants: [
        { sku: 'KANNE-B', price_minor: 3490, compare_at_minor: 3990, kept: { 'Weight (kg)': '0,9' } },
        { sku: 'KANNE-G', price_minor: 3990, option_values: ['Grau'] },
      ],
    },
  },
}

function handle(own: string, former: string): Outcome {
  return { fixes: ['handle_changed'], product: { handle: own, former_handle: former } }
}

test.for(Object.entries(outcomes))('%s', ([name, expected]) => {
  const bytes = readFileSync(join(import.meta.dirname, 'inputs', name))

  const file = parseFile(bytes, expected.currency ?? 'EUR')

  if (!file.ok) throw new Error(file.error.map(problemText).join('\n'))
  const told = Object.entries(fixes).filter(([, words]) =>
    file.data.warnings.some((one) => one.startsWith(words)),
  )
  expect(told.map(([kind]) => kind).toSorted()).toEqual((expected.fixes ?? []).toSorted())
  expect(file.data.warnings).toHaveLength(told.length)
  const [products, levels] = file.data.kind === 'products' ? [file.data.products, []] : [[], file.data.levels]
  const asked = [...products, ...levels].flatMap(({ asks }) => asks.map(({ kind }) => kind))
  expect(counted(asked)).toEqual(expected.asks ?? {})
  expect(levels).toMatchObject(expected.levels ?? [])
  if (expected.product) expect(products[0]).toMatchObject(expected.product)
  if (expected.variants) expect(products.map(({ variants }) => variants[0])).toMatchObject(expected.variants)
})

test('errors of formulas become no titles and codes', () => {
  const file = parseFile(readFileSync(join(import.meta.dirname, 'inputs', '49-formula-errors.csv')), 'EUR')

  expect(file).toMatchObject({
    ok: false,
    error: [
      { line: 2, column: 'Title', value: '#REF!' },
      { line: 2, column: 'Variant SKU', value: '#N/A' },
    ],
  })
})

test('2,048 variants of one product are read', () => {
  const rows = Array.from(
    { length: 2048 },
    (_, index) => `reel,${index === 0 ? 'Reel' : ''},${index === 0 ? 'Colour' : ''},Shade ${index},2.50`,
  )
  const file = parseFile(
    new TextEncoder().encode(`Handle,Title,Option1 Name,Option1 Value,Variant Price\n${rows.join('\n')}`),
    'EUR',
  )

  expect(file).toMatchObject({ ok: true, data: { variants: 2048 } })
})

function counted(kinds: AskKind[]): Partial<Record<AskKind, number>> {
  const counts: Partial<Record<AskKind, number>> = {}
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
