import { expect, test } from 'vitest'
import { parseFile } from '@/lib/domain/imports/reading/parse-file'

const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'))

function productsOf(...lines: string[]) {
  const read = parseFile(bytes(...lines), 'EUR')
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  if (read.data.kind !== 'products') throw new Error('an inventory')
  return read.data
}

const woo =
  'ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,"Is featured?","Short description",Description,"Tax status","In stock?",Stock,"Backorders allowed?","Sale price","Regular price",Categories,Tags,Images,Parent,"Attribute 1 name","Attribute 1 value(s)","Attribute 2 name","Attribute 2 value(s)","Attribute 3 name","Attribute 3 value(s)","Attribute 4 name","Attribute 4 value(s)","Meta: _glaze"'

test('a simple product of WooCommerce is imported with its prices, pictures and stock', () => {
  const { products, warnings, keptColumns } = productsOf(
    woo,
    '7,simple,JUG-1,4006381333931,Moon jug,1,0,Small,<p>Thrown</p>\\n,taxable,1,4,0,29.00,36.00,"Table > Jugs, Sale","new, round\\, big",https://x.example/a.jpg\\, https://x.example/b.jpg,,,,,,,,,,ash',
  )

  expect(products).toMatchObject([
    {
      handle: 'moon-jug',
      title: 'Moon jug',
      category_title: 'Jugs',
      tags: ['new', 'round', 'big'],
      status: 'active',
      option_names: [],
      variants: [
        {
          sku: 'JUG-1',
          barcode: '4006381333931',
          price_minor: 2900,
          compare_at_minor: 3600,
          quantity: 4,
          option_values: [],
        },
      ],
    },
  ])
  expect(keptColumns).toEqual(['Short description', 'Meta: _glaze'])
  expect(warnings).toEqual([])
})

test('variations of WooCommerce are variants of their parent, by SKU or id', () => {
  const { products, variants } = productsOf(
    woo,
    '7,variable,CUP,,Cup,-1,0,Deep,,taxable,1,,0,,,Table,,https://x.example/cup.jpg,,Glaze,"Chalk, Rust",,,,,,,',
    '8,variation,CUP-C,,"Cup - Chalk",1,0,,,taxable,1,3,0,,12.00,,,https://x.example/c.jpg,CUP,Glaze,Chalk,,,,,,,',
    '9,variation,CUP-R,,"Cup - Rust",1,0,,,taxable,1,parent,0,,12.50,,,,id:7,Glaze,Rust,,,,,,,',
  )

  expect(variants).toBe(2)
  expect(products).toMatchObject([
    {
      title: 'Cup',
      status: 'draft',
      option_names: ['Glaze'],
      kept: { 'Short description': ['Deep'] },
      media: [
        { src: 'https://x.example/cup.jpg', option_values: null },
        { src: 'https://x.example/c.jpg', option_values: ['Chalk'] },
      ],
      variants: [
        { sku: 'CUP-C', price_minor: 1200, quantity: 3, option_values: ['Chalk'] },
        { sku: 'CUP-R', price_minor: 1250, quantity: null, option_values: ['Rust'] },
      ],
    },
  ])
})

test('a fourth option is joined with the third, and what cannot be sold alone is left out; both are reported', () => {
  const { products, warnings } = productsOf(
    woo,
    '1,variable,T,,Tile,1,0,,,,1,,0,,,,,,,,,,,,,,,',
    '2,variation,T-1,,Tile,1,0,,,,1,1,0,,5,,,,T,Size,S,Glaze,Ash,Edge,Round,Set,Four,',
    '3,grouped,G,,Set,1,0,,,,1,,0,,,,,,,,,,,,,,,',
    '4,variation,X-1,,Lost,1,0,,,,1,1,0,,5,,,,NOBODY,Size,S,,,,,,,',
  )

  expect(products).toMatchObject([
    {
      option_names: ['Size', 'Glaze', 'Edge / Set'],
      variants: [{ option_values: ['S', 'Ash', 'Round / Four'] }],
    },
  ])
  expect(warnings.join('\n')).toContain('line 4 Type "grouped"; line 5 Parent "NOBODY"')
  expect(warnings.join('\n')).toContain('Options beyond the third were joined with it (once)')
})

const square =
  'Token,Item Name,Variation Name,SKU,Description,Category,Price,GTIN,Archived,Option Name 1,Option Value 1,Current Quantity The Shop,New Quantity The Shop,Enabled The Shop,Tax - VAT (21%)'

test('lines of one item of Square are variants of one product', () => {
  const { products, warnings } = productsOf(
    square,
    'A1,Mug,Small,M-S,Thrown,Table,12.00,4006381333931,N,,,5,,Y,Y',
    'A2,Mug,Large,M-L,,Table,15.00,,N,,,0,,Y,Y',
    'B1,Lamp,Regular,L-1,,Light,80,,Y,,,1,,Y,Y',
    'C1,Bowl,Ash,B-A,,Table,20,,N,Glaze,Ash,2,,Y,Y',
  )

  expect(products).toMatchObject([
    {
      handle: 'mug',
      option_names: ['Variation'],
      category_title: 'Table',
      variants: [
        { sku: 'M-S', option_values: ['Small'], price_minor: 1200, quantity: 5, barcode: '4006381333931' },
        { sku: 'M-L', option_values: ['Large'], quantity: 0 },
      ],
    },
    { handle: 'lamp', status: 'archived', option_names: [] },
    { handle: 'bowl', option_names: ['Glaze'], variants: [{ option_values: ['Ash'] }] },
  ])
  expect(warnings).toEqual([])
})

test('units of Square at several locations are reported, not summed', () => {
  const { products, warnings } = productsOf(
    'Item Name,Variation Name,SKU,Price,Current Quantity Shop,Current Quantity Store',
    'Mug,Regular,M-1,12,5,7',
  )

  expect(products[0]?.variants[0]?.quantity).toBeNull()
  expect(warnings.join()).toContain('Current Quantity Shop; Current Quantity Store')
})

test('a product file of Matrixify is read by its headings', () => {
  const { products, keptColumns, warnings } = productsOf(
    'ID,Handle,Command,Title,Body HTML,Vendor,Type,Tags,Tags Command,Status,Published,URL,Row #,Top Row,Category: Name,Image Type,Image Src,Image Command,Image Position,Image Alt Text,Variant ID,Variant Command,Option1 Name,Option1 Value,Variant SKU,Variant Barcode,Variant Price,Variant Compare At Price,Variant Inventory Qty,Variant Taxable,Metafield: custom.glaze [single_line_text_field]',
    '1,jug,MERGE,Jug,<p>x</p>,Roe,Jugs,new,REPLACE,Active,TRUE,https://x.example/jug,1,TRUE,Home > Jugs,IMAGE,https://x.example/a.jpg,MERGE,1,A jug,11,MERGE,Size,Small,J-S,4006381333931,9.50,12.00,4,TRUE,ash',
    '1,jug,MERGE,,,,,,,,,,2,,,,,,,,12,MERGE,,Large,J-L,,11.00,,2,TRUE,',
  )

  expect(products).toMatchObject([
    {
      handle: 'jug',
      status: 'active',
      option_names: ['Size'],
      variants: [
        { sku: 'J-S', price_minor: 950, compare_at_minor: 1200, quantity: 4 },
        { sku: 'J-L', price_minor: 1100, quantity: 2 },
      ],
    },
  ])
  expect(keptColumns).toContain('Metafield: custom.glaze [single_line_text_field]')
  expect(warnings).toEqual([])
})
