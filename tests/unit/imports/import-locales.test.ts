import { expect, test } from 'vitest'
import { type FixKind, fixes } from '@/lib/domain/imports/finding'
import { problemText } from '@/lib/domain/imports/problem'
import { parseFile } from '@/lib/domain/imports/reading/parse-file'

// Files as systems and spreadsheets of other languages write them, and what a person or a program adds to one.

const utf8 = (text: string) => new TextEncoder().encode(text)

function read(bytes: Uint8Array) {
  const file = parseFile(bytes, 'EUR')
  if (!file.ok) throw new Error(file.error.map(problemText).join('\n'))
  const [products, levels] = file.data.kind === 'products' ? [file.data.products, []] : [[], file.data.levels]
  const told = (Object.entries(fixes) as [FixKind, string][])
    .filter(([, words]) => file.data.warnings.some((one) => one.startsWith(words)))
    .map(([kind]) => kind)
  return { products, levels, told, warnings: file.data.warnings }
}
const lines = (...all: string[]) => utf8(all.join('\n'))

test('an inventory with a column that nobody knows is read by its location, and the column is reported', () => {
  const { levels, told } = read(
    lines(
      'Handle,Title,Option1 Name,Option1 Value,Option1 Linked To,SKU,HS Code,COO,Location,Shelf label,On hand (current),On hand (new)',
      'mug,Mug,Size,S,,MUG-S,,,Shop,A1,4,5',
    ),
  )

  expect(levels).toMatchObject([{ sku: 'MUG-S', location: 'Shop', expected: 4, counted: 5 }])
  expect(told).toEqual(['unknown_columns'])
})

test('a file that was encoded twice is read as it was before, one with such letters alone is not changed', () => {
  const twice = new TextEncoder().encode(
    new TextDecoder('windows-1252').decode(utf8('Handle,Title,Variant Price\nmug,Müsli “Été”,5')),
  )

  expect(read(twice)).toMatchObject({ products: [{ title: 'Müsli “Été”' }], told: ['encoded_twice'] })
  const once = read(lines('Handle,Title,Variant Price', 'mug,SÃO MÜSLI 日本,5'))
  expect(once).toMatchObject({ products: [{ title: 'SÃO MÜSLI 日本' }], told: [] })
})

test('WooCommerce in German, Spanish and Russian tells which products are sold without counting', () => {
  const german = read(
    lines(
      'ID,Typ,Artikelnummer,Name,Veröffentlicht,"Ist hervorgehoben?",Vorrätig?,Lager,"Regulärer Preis"',
      '1,simple,B-1,Becher,1,0,1,7,"12,90"',
      '2,simple,B-2,Teller,1,0,1,,"12,90"',
    ),
  )
  expect(german.products.map(({ variants }) => variants[0]?.quantity)).toEqual([7, null])
  expect(german.told).toEqual(['price_rewritten', 'not_counted'])

  const spanish = read(
    lines(
      'ID;Tipo;SKU;Nombre;Publicado;¿Existencias?;Inventario;Precio normal',
      '1;simple;C-1;Café;1;1;;12,50',
    ),
  )
  expect(spanish.told).toEqual(['price_rewritten', 'not_counted'])

  const russian = read(
    lines('\uFEFFID,Тип,Артикул,Имя,Опубликован,"В наличии?","Базовая цена"', "1,simple,R-1,Чашка,'-1,1,240"),
  )
  expect(russian).toMatchObject({ products: [{ title: 'Чашка', status: 'draft' }], told: ['not_counted'] })
})

test('Square: units that a person wrote, prices typed at the till and categories with their number', () => {
  const { products, told } = read(
    lines(
      'Token,Item Name,Variation Name,SKU,Categories,Price,Current Quantity Shop,New Quantity Shop',
      'A,Candle,Regular,CN-1,Light,variable,4,',
      'B,Cup,Regular,C-1,Table (#AB1) > Cups (#AB2),12.00,3,8',
    ),
  )

  expect(products).toMatchObject([{ handle: 'cup', category_title: 'Cups', variants: [{ quantity: 8 }] }])
  expect(told).toEqual(['row_left_out'])
})

test('Matrixify: tags to remove stay, and units of locations and adjustments are reported', () => {
  const { products, told, warnings } = read(
    lines(
      'ID,Handle,Command,Tags,Tags Command,Variant SKU,Variant Inventory Adjust,Inventory Available: Shop',
      '1,mug,MERGE,old,DELETE,M-1,-3,5',
      '2,cup,MERGE,new,MERGE,C-1,,',
    ),
  )

  expect(products.map(({ tags }) => tags)).toEqual([null, ['new']])
  expect(told).toEqual(['unknown_columns', 'tags_command'])
  expect(warnings.join()).toContain('Variant Inventory Adjust; Inventory Available: Shop')
})

test('numbers and yes or no in other scripts mean what they say', () => {
  const { products, told } = read(
    lines(
      'Handle,Title,Published,Variant Price,Variant Inventory Qty,Variant Barcode',
      'mug,Mug,ИСТИНА,٣٫٥٠,٥,٤٠٠٦٣٨١٣٣٣٩٣١',
      'cup,Cup,FAŁSZ,３．５０,１２,',
    ),
  )

  expect(products).toMatchObject([
    { status: 'active', variants: [{ price_minor: 350, quantity: 5, barcode: '4006381333931' }] },
    { status: 'draft', variants: [{ price_minor: 350, quantity: 12 }] },
  ])
  expect(told).toEqual(['code_cleaned', 'quantity_rewritten', 'price_rewritten'])
})

test('a barcode in GS1 form is its product number', () => {
  const { products, told } = read(
    lines(
      'Handle,Title,Variant Price,Variant Barcode',
      'mug,Mug,5,(01)04006381333931(10)A7',
      'cup,Cup,5,]C10105012345678900',
    ),
  )

  expect(products.map(({ variants }) => variants[0]?.barcode)).toEqual(['4006381333931', '5012345678900'])
  expect(told).toEqual(['code_cleaned'])
})

test('a SKU too long to be one is made from the handle, and a later line may describe its product otherwise', () => {
  const { products, told } = read(
    lines(
      'Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Price',
      `mug,Mug,<p>Blue</p>,Size,S,"${'1707222742,'.repeat(12)}",5`,
      'mug,,<p>Red</p>,,M,M-2,5',
    ),
  )

  expect(products).toMatchObject([
    { description_html: '<p>Blue</p>', variants: [{ sku: 'MUG-S', sku_given: false }, { sku: 'M-2' }] },
  ])
  expect(told).toEqual(['product_differs', 'sku_too_long'])
})

test('headings with other spaces are known', () => {
  const { products, told } = read(lines('Handle,Title,Variant\u00A0Price,Variant  SKU', 'mug,Mug,5,M-1'))

  expect(products).toMatchObject([{ variants: [{ sku: 'M-1', price_minor: 500 }] }])
  expect(told).toEqual([])
})
