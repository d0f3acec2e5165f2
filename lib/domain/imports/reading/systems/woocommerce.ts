import type { Fix } from '@/lib/domain/imports/finding'
import type { FileRecord, FileTable } from '@/lib/domain/imports/reading/text/records'
import { toSlug } from '@/lib/domain/imports/slug'
import {
  type CellOf,
  cellsOf,
  listIn,
  optionCells,
  type TranslatedLine,
  type Translation,
  tableOf,
  uniqueNames,
} from './system-table'
import { inEnglish } from './woocommerce-headings'

const translated =
  /^(type|sku|name|published|description|tax status|stock|backorders allowed\?|(sale|regular) price|categories|tags|images|parent|gtin, upc, ean, or isbn|brands|attribute \d+ (name|value\(s\)|visible|global|default)|id)$/i

/** Whether a heading is that of WooCommerce's product export, in any of its languages. */
export function isWooCommerce(headings: readonly string[]): boolean {
  const names = new Set(inEnglish(headings).map((heading) => heading.trim().toLowerCase()))
  return names.has('name') && names.has('regular price') && !names.has('handle')
}

interface Family {
  product: FileRecord
  variations: FileRecord[]
}

/**
 * WooCommerce's product CSV with Shopify's headings. Its variations name their parent by SKU or id; its variable products are
 * no variants themselves. Products that cannot be sold alone are left out and reported.
 */
export function fromWooCommerce(file: FileTable): Translation {
  const table = { ...file, heading: { ...file.heading, cells: inEnglish(file.heading.cells) } }
  const cell = cellsOf(table)
  const fixed: Fix[] = []
  const handleFor = uniqueNames()
  const lines = familiesOf(table.records, cell, fixed).flatMap((family) => {
    const { product } = family
    const handle = handleFor(
      toSlug(cell(product, 'Name')),
      toSlug(cell(product, 'SKU') || cell(product, 'ID')),
    )
    return linesOf(family, handle, cell, fixed)
  })
  return { table: tableOf(table, lines, (heading) => translated.test(heading)), fixed }
}

function familiesOf(records: readonly FileRecord[], cell: CellOf, fixed: Fix[]): Family[] {
  const families = new Map<string, Family>()
  const all: Family[] = []
  const leaveOut = (record: FileRecord, column: string) =>
    fixed.push({ kind: 'row_left_out', line: record.line, column, value: cell(record, column), became: null })
  const typeOf = (record: FileRecord) =>
    cell(record, 'Type')
      .toLowerCase()
      .split(',')
      .map((type) => type.trim())
  for (const record of records.filter((each) => !typeOf(each).includes('variation'))) {
    if (typeOf(record).some((type) => type === 'grouped' || type === 'external')) {
      leaveOut(record, 'Type')
      continue
    }
    const family = { product: record, variations: [] }
    all.push(family)
    if (cell(record, 'ID')) families.set(`id:${cell(record, 'ID')}`, family)
    if (cell(record, 'SKU')) families.set(cell(record, 'SKU'), family)
  }
  for (const record of records.filter((each) => typeOf(each).includes('variation'))) {
    const family = families.get(cell(record, 'Parent'))
    if (family) family.variations.push(record)
    else leaveOut(record, 'Parent')
  }
  return all
}

function linesOf(
  { product, variations }: Family,
  handle: string,
  cell: CellOf,
  fixed: Fix[],
): TranslatedLine[] {
  const [firstImage = '', ...moreImages] = listIn(cell(product, 'Images'))
  const head = { Handle: handle, ...productCells(product, cell), 'Image Src': firstImage }
  const pictures = moreImages.map((image) => ({
    line: product.line,
    from: null,
    cells: { Handle: handle, 'Image Src': image },
  }))
  if (variations.length === 0) {
    reportUncounted(product, cell, fixed)
    const cells = { ...head, ...noOptions, ...variantCells(product, cell) }
    return [{ line: product.line, from: product, cells }, ...pictures]
  }
  const names = optionNamesOf(variations, cell)
  const variants = variations.map((record) => {
    reportUncounted(record, cell, fixed)
    const values = new Map(attributesOf(record, cell))
    const options = names.map((name) => [name, values.get(name) ?? ''] as const)
    const cells = { ...optionCells(options, record.line, fixed), ...variantCells(record, cell) }
    const image = listIn(cell(record, 'Images'))[0] ?? ''
    return { line: record.line, from: record, cells: { Handle: handle, ...cells, 'Variant Image': image } }
  })
  // The product is a line without a variant; it names the options, which its variants have values of.
  const named = Object.entries(variants[0]?.cells ?? {}).filter(([heading]) => / Name$/.test(heading))
  return [
    { line: product.line, from: product, cells: { ...head, ...Object.fromEntries(named) } },
    ...variants,
    ...pictures,
  ]
}

function productCells(product: FileRecord, cell: CellOf): Record<string, string> {
  return {
    Title: cell(product, 'Name'),
    'Body (HTML)': cell(product, 'Description').replaceAll('\\n', '\n'),
    Vendor: cell(product, 'Brands'),
    Type: listIn(cell(product, 'Categories'))[0]?.split('>').at(-1)?.trim() ?? '',
    Tags: listIn(cell(product, 'Tags')).join(', '),
    Published: cell(product, 'Published') === '-1' ? '0' : cell(product, 'Published'),
  }
}

/** WooCommerce sells what is "in stock" without a number; here a unit has to be there to be sold. */
function reportUncounted(record: FileRecord, cell: CellOf, fixed: Fix[]): void {
  if (cell(record, 'Stock') !== '' || cell(record, 'In stock?') !== '1') return
  fixed.push({ kind: 'not_counted', line: record.line, column: 'In stock?', value: '1', became: null })
}

/** The attributes of the variation that has most of them. */
function optionNamesOf(variations: readonly FileRecord[], cell: CellOf): string[] {
  const names = variations.map((record) => attributesOf(record, cell).map(([name]) => name))
  return names.toSorted((a, b) => b.length - a.length)[0] ?? []
}

const noOptions = { 'Option1 Name': 'Title', 'Option1 Value': 'Default Title' }

function attributesOf(record: FileRecord, cell: CellOf): [string, string][] {
  const attributes: [string, string][] = []
  for (let number = 1; cell(record, `Attribute ${number} name`) !== ''; number += 1) {
    const value = cell(record, `Attribute ${number} value(s)`)
    if (value) attributes.push([cell(record, `Attribute ${number} name`), listIn(value).join(', ')])
  }
  return attributes
}

function variantCells(record: FileRecord, cell: CellOf): Record<string, string> {
  const [regular, sale] = [cell(record, 'Regular price'), cell(record, 'Sale price')]
  const status = cell(record, 'Tax status').toLowerCase()
  return {
    'Variant SKU': cell(record, 'SKU'),
    'Variant Barcode': cell(record, 'GTIN, UPC, EAN, or ISBN'),
    'Variant Price': sale || regular,
    'Variant Compare At Price': sale ? regular : '',
    'Variant Inventory Qty': cell(record, 'Stock').toLowerCase() === 'parent' ? '' : cell(record, 'Stock'),
    'Variant Inventory Policy': cell(record, 'Backorders allowed?'),
    'Variant Taxable': status === '' ? '' : String(status === 'taxable'),
  }
}
