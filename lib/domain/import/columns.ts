import type { ImportProblem } from './problem'

/** What the shop reads, and how Shopify's product CSV heads it: the classic format, then that of 2025. */
const headings = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  description: ['Body (HTML)', 'Description'],
  vendor: ['Vendor'],
  productCategory: ['Product Category'],
  type: ['Type'],
  tags: ['Tags'],
  published: ['Published', 'Published on online store'],
  status: ['Status'],
  option1Name: ['Option1 Name'],
  option1Value: ['Option1 Value'],
  option2Name: ['Option2 Name'],
  option2Value: ['Option2 Value'],
  option3Name: ['Option3 Name'],
  option3Value: ['Option3 Value'],
  sku: ['Variant SKU', 'SKU'],
  barcode: ['Variant Barcode', 'Barcode'],
  quantity: ['Variant Inventory Qty', 'Inventory quantity'],
  policy: ['Variant Inventory Policy', 'Continue selling when out of stock'],
  price: ['Variant Price', 'Price'],
  compareAt: ['Variant Compare At Price', 'Compare-at price'],
  imageSrc: ['Image Src', 'Product image URL'],
  imagePosition: ['Image Position'],
  imageAlt: ['Image Alt Text'],
  variantImage: ['Variant Image', 'Variant image URL'],
} as const
export type ColumnKey = keyof typeof headings

const required: readonly ColumnKey[] = ['handle', 'title', 'price']

/** Shopify's other columns, which the shop has no use for. Anything else is reported, because it may be a slip. */
const unused = [
  /^(google shopping|price|compare at price|included|international) \//,
  /\(product\.metafields\..*\)$/,
  /^option[123] linked to$/,
  /^(gift card|cost per item|tax code|charge tax|requires shipping|fulfillment service|inventory tracker)$/,
  /^seo (title|description)$/,
  /^(unit price|weight) /,
  /^variant (grams|inventory tracker|fulfillment service|requires shipping|taxable|weight unit|tax code)$/,
]

/** Where each column stands in a record and what the file calls it. A column the file lacks is not in it. */
export type Columns = ReadonlyMap<ColumnKey, { index: number; heading: string }>

/** What this file, or else Shopify, calls a column. */
export function headingOf(columns: Columns, key: ColumnKey): string {
  return columns.get(key)?.heading ?? headings[key][0]
}

/** Reads the heading line: the columns, what is wrong with them, and the headings nobody knows. */
export function readColumns(cells: string[]): {
  columns: Columns
  problems: ImportProblem[]
  unknown: string[]
} {
  const columns = new Map<ColumnKey, { index: number; heading: string }>()
  const problems: ImportProblem[] = []
  const unknown: string[] = []
  for (const [index, cell] of cells.entries()) {
    const heading = cell.trim()
    const key = keyOf(heading)
    if (key && columns.has(key)) {
      problems.push({ line: 1, column: heading, value: null, why: 'stands in the file twice' })
    } else if (key) columns.set(key, { index, heading })
    else if (heading && !unused.some((pattern) => pattern.test(heading.toLowerCase()))) unknown.push(heading)
  }
  for (const key of required.filter((needed) => !columns.has(needed))) {
    problems.push({ line: 1, column: headings[key][0], value: null, why: missing(cells) })
  }
  return { columns, problems, unknown }
}

function keyOf(heading: string): ColumnKey | undefined {
  const wanted = heading.toLowerCase()
  const keys = Object.keys(headings) as ColumnKey[]
  return keys.find((key) => headings[key].some((known) => known.toLowerCase() === wanted))
}

function missing(cells: string[]): string {
  const [only = ''] = cells
  return cells.length === 1 && /[;\t]/.test(only)
    ? 'is missing: the columns of this file are not separated by commas. Save it as "CSV (comma separated)"'
    : `is missing. The file has: ${cells.filter(Boolean).slice(0, 12).join(', ')}`
}
