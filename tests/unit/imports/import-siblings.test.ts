import { expect, test } from 'vitest'
import type { AskKind, FixKind } from '@/lib/domain/imports/finding'
import { fixes } from '@/lib/domain/imports/finding'
import { problemText } from '@/lib/domain/imports/problem'
import { parseFile } from '@/lib/domain/imports/reading/parse-file'

// Files in the spirit of those in ./inputs: several damages at once, as real exports have them.
interface Sibling {
  lines: string[]
  encode?: (text: string) => Uint8Array
  fixes?: FixKind[]
  asks?: AskKind[]
  /** The first rows of its products, or its levels. */
  rows?: object[]
  /** Why it is refused. */
  refused?: string[]
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const latin = (text: string) => Uint8Array.from(text, (sign) => ({ '€': 0x80 })[sign] ?? sign.charCodeAt(0))
const utf16be = (text: string) =>
  Uint8Array.from(
    `\ufeff${text}`.split('').flatMap((sign) => [sign.charCodeAt(0) >> 8, sign.charCodeAt(0) & 255]),
  )

const woo =
  'ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,"Tax status","In stock?",Stock,"Backorders allowed?","Sale price","Regular price",Parent,"Attribute 1 name","Attribute 1 value(s)"'
const square =
  'Token,Item Name,Variation Name,SKU,Description,Category,Price,GTIN,Archived,Current Quantity Shop,Option Name 1,Option Value 1'
const matrixify =
  'ID,Handle,Command,Title,Status,Variant ID,Variant Command,Option1 Name,Option1 Value,Variant SKU,Variant Barcode,Variant Price,Variant Inventory Qty,Metafield: custom.care [single_line_text_field]'
const inventory = 'Handle,Title,Option1 Name,Option1 Value,SKU,Location,On hand (current),On hand (new)'

const siblings: Record<string, Sibling> = {
  'Shopify: a French spreadsheet with sep=, Windows-1252 and rows cut short': {
    encode: latin,
    lines: [
      'sep=;',
      'Handle;Title;Option1 Name;Option1 Value;Variant SKU;Variant Inventory Qty;Variant Price;Variant Barcode;Status',
      "Chaise Été;Chaise Été;Couleur;Bleu nuit;'00120;1 204;1 299,90 €;'3760012345671;active",
      'Chaise Été;;;Rouge;;-3;1299,9;3,76001E+12',
    ],
    fixes: [
      'apostrophe_removed',
      'guessed_encoding',
      'handle_changed',
      'price_rewritten',
      'quantity_rewritten',
      'row_cut_short',
      'stock_below_zero',
    ],
    asks: ['rounded_code'],
    rows: [{ sku: '00120', price_minor: 129_990, quantity: 1204, barcode: '3760012345671' }],
  },
  'Shopify: headings of 2025 with formulas that are not quoted, a repeated SKU and extra picture rows': {
    lines: [
      'URL handle,Title,Option1 name,Option1 value,SKU,Barcode,Price,Inventory quantity,Continue selling when out of stock,Product image URL',
      'mug,Mug,Size,S,MUG-S,="0036000291452",12,5,DENY,https://x.example/a b.jpg',
      'mug,,,M,MUG-S,036000291452,12.00,,CONTINUE,https://x.example/c.jpg',
      'mug,,,,,,,,,https://x.example/d.jpg',
      'mug,,,L,MUG-L\u200b,\u00a04006381333931,12.5,1.000,deny',
    ],
    fixes: [
      'code_cleaned',
      'invisible_removed',
      'picture_escaped',
      'quantity_rewritten',
      'row_cut_short',
      'sells_on',
      'sku_derived',
    ],
    asks: ['shared_barcode'],
    rows: [{ sku: 'MUG-S', barcode: '0036000291452', quantity: 5 }],
  },
  'Shopify: UTF-16 with tabs, dates for codes and a cell too narrow for its number': {
    encode: utf16be,
    lines: [
      'Handle\tTitle\tVariant Price\tVariant SKU\tVariant Barcode\tStatus',
      "lampe\tLampe „Nacht“\t1'299.00\tMAR-10\t########\tunlisted",
      'lampe-2\tLampe 2\t10\tMar 10\t2025-03-10\tactive',
    ],
    fixes: ['not_public', 'price_rewritten'],
    asks: ['rounded_code', 'date_code', 'date_code'],
    rows: [{ sku: 'MAR-10', price_minor: 129_900 }, {}],
  },
  'inventory: a column for each location, in a German spreadsheet': {
    encode: latin,
    lines: [
      'Handle;Title;Option1 Name;Option1 Value;SKU;HS Code;COO;"Laden, Süd";Lager',
      'mug;Mug;Size;S;MUG-S;;BE;4;not stocked',
      "mug;Mug;Size;M;'0012;;BE;1.204;-2",
    ],
    fixes: [
      'apostrophe_removed',
      'guessed_encoding',
      'not_stocked',
      'quantity_rewritten',
      'stock_below_zero',
    ],
    rows: [
      { sku: 'MUG-S', location: 'Laden, Süd', counted: 4 },
      { sku: '0012', location: 'Laden, Süd', counted: 1204 },
      { sku: '0012', location: 'Lager', counted: 0 },
    ],
  },
  'inventory: a code for a quantity, and a blank one': {
    lines: [inventory, 'mug,Mug,Size,S,MUG-S,Shop,4,22423', 'mug,Mug,Size,M,MUG-M,Shop,4,'],
    asks: ['large_quantity'],
    rows: [{ sku: 'MUG-S', expected: 4, counted: 22_423 }],
  },
  'inventory: words and parts of a unit for numbers, and a line without a location': {
    lines: [
      inventory,
      'mug,Mug,Size,S,MUG-S,Shop,4,4.5',
      'mug,Mug,Size,M,MUG-M,Shop,4,n/a',
      'mug,,,,MUG-L,,1,2',
    ],
    refused: [
      'line 2, On hand (new) "4.5": is not a whole number of units',
      'line 3, On hand (new) "n/a": is not a number of units: write digits alone, like 12',
      'line 4, Location: is missing: every line says where its units are',
    ],
  },
  'WooCommerce: variations with one SKU, other tax and backorders': {
    lines: [
      woo,
      '1,variable,TEE,,Tee,1,taxable,1,,0,,,,Size,"S, M, L"',
      '2,"variation, virtual",TEE-S,,Tee - S,1,none,1,3,1,,19.5,TEE,Size,S',
      '3,variation,TEE-S,,Tee - M,1,taxable,1,,0,25,19,TEE,Size,M',
    ],
    fixes: ['not_counted', 'sells_on', 'sku_derived', 'tax_by_product'],
    rows: [{ sku: 'TEE-S', price_minor: 1950, quantity: 3 }],
  },
  'WooCommerce: products of other shops, downloads and a draft': {
    lines: [
      woo,
      '9,external,EXT,,Elsewhere,1,taxable,1,,0,,9.00,,,',
      '10,"simple, downloadable, virtual",PDF-1,,Pattern PDF,-1,none,1,,0,,5,,,',
    ],
    fixes: ['not_counted', 'row_left_out'],
    asks: ['tax_exempt'],
    rows: [{ sku: 'PDF-1', price_minor: 500 }],
  },
  'WooCommerce: French, with one barcode and one name twice': {
    lines: [
      'ID;Type;UGS;"GTIN, UPC, EAN ou ISBN";Nom;Publié;"Tarif promo";"Tarif régulier"',
      '1;simple;POT-1;4006381333931;Crème pot;1;12,50;15,00',
      '2;simple;POT-2;4006381333931;Crème pot;1;;1.250',
    ],
    fixes: ['price_rewritten'],
    asks: ['shared_barcode'],
    rows: [
      { sku: 'POT-1', price_minor: 1250, compare_at_minor: 1500 },
      { sku: 'POT-2', price_minor: 125_000 },
    ],
  },
  'Square: prices that change and prices in dollars': {
    lines: [
      square,
      'A,Candle,Regular,CN-1,,Light,variable,,N,4,,',
      'B,Wick,Regular,CN-2,,Light,$12.00,,N,,,',
    ],
    refused: ['line 3, Variant Price "$12.00": is not a price: write the number alone, like 9.99'],
  },
  'Square: units at two locations and an archived item': {
    lines: [
      square.replace('Current Quantity Shop', 'Current Quantity Shop,Current Quantity Depot'),
      'A,Bowl,Regular,BW-1,,Table,12,01234567890128,N,4,9,,',
      'B,Bowl 2,Regular,BW-2,,Table,12,,Y,4,,,',
    ],
    fixes: ['unknown_columns'],
    rows: [{ sku: 'BW-1', barcode: '01234567890128', quantity: null }, { sku: 'BW-2' }],
  },
  'Square: headings in capitals, a formula for a text and a rounded SKU': {
    lines: [
      square.toUpperCase(),
      'A,  Jug\u00a0,REGULAR,4.00638E+12,"=HYPERLINK(""x"")",Table > Jugs,"1,250.00",,n,-2,,',
    ],
    fixes: ['price_rewritten', 'stock_below_zero'],
    asks: ['rounded_code'],
    rows: [{ price_minor: 125_000, quantity: 0 }],
  },
  'Matrixify: rows that ask for a deletion': {
    lines: [
      matrixify,
      '1,jug,DELETE,Jug,Active,11,,Size,S,JUG-S,,12,3,',
      '2,bowl,MERGE,Bowl,Active,12,,Size,S,BOWL-S,,12,3,Wash',
      '2,bowl,,,,13,DELETE,Size,M,BOWL-M,,12,3,',
    ],
    fixes: ['deletion_left_out'],
    rows: [{ sku: 'BOWL-S' }],
  },
  'Matrixify: nothing but deletions': {
    lines: [matrixify, '1,jug,DELETE,Jug,Active,11,,Size,S,JUG-S,,12,3,'],
    refused: ['Every row asks to delete or to skip, so that nothing is left to import.'],
  },
  'Matrixify: a handle with a trademark, digits that a spreadsheet cut and a text of two lines': {
    lines: [
      matrixify,
      '1,Jug_™,NEW,Jug,Draft,11,,Size,S,JUG-S,123456789012300000,12.99,3,"two\nlines"',
      '1,Jug_™,,,,12,,Size,M,JUG-M,,12.00,,',
    ],
    fixes: ['handle_changed'],
    asks: ['rounded_code'],
    rows: [{ sku: 'JUG-S', price_minor: 1299, quantity: 3 }],
  },
}

test.for(Object.entries(siblings))('%s', ([, { lines, encode = utf8, ...expected }]) => {
  const file = parseFile(encode(lines.join('\n')), 'EUR')

  if (!file.ok) return expect(file.error.map(problemText)).toEqual(expected.refused)
  expect(expected.refused).toBeUndefined()
  const told = Object.entries(fixes).filter(([, words]) =>
    file.data.warnings.some((one) => one.startsWith(words)),
  )
  expect(told.map(([kind]) => kind).toSorted()).toEqual(expected.fixes ?? [])
  const owners = file.data.kind === 'products' ? file.data.products : file.data.levels
  expect(owners.flatMap(({ asks }) => asks.map(({ kind }) => kind))).toEqual(expected.asks ?? [])
  const rows =
    file.data.kind === 'products' ? file.data.products.map(({ variants }) => variants[0]) : file.data.levels
  expect(rows).toMatchObject(expected.rows ?? [])
})
