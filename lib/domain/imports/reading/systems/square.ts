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

const translated =
  /^(reference handle|item name|variation name|sku|description|categor(y|ies)|price|gtin|archived|permalink|option (name|value) \d+)$/i

/** Whether a heading is that of Square's item library. */
export function isSquare(headings: readonly string[]): boolean {
  const names = new Set(headings.map((heading) => heading.trim().toLowerCase()))
  return names.has('item name') && names.has('variation name')
}

/** Square's name for the variation of an item without a choice. */
const only = new Set(['', 'regular'])

/**
 * Square's item library with Shopify's headings: a line is a variation, and lines of one item name are one product. Units are
 * read where the file has them for one location; with several it is an inventory of places that the shop may not have, and
 * the columns are reported.
 */
export function fromSquare(table: FileTable): Translation {
  const cell = cellsOf(table)
  const fixed: Fix[] = []
  const handleFor = uniqueNames()
  const [stock, ...otherStocks] = table.heading.cells.filter((heading) =>
    /^current quantity\b/i.test(heading.trim()),
  )
  const quantity = otherStocks.length === 0 ? stock : undefined
  const newQuantity = quantity?.replace(/current/i, 'New') ?? ''
  const unitsOf = (record: FileRecord) => cell(record, newQuantity) || cell(record, quantity ?? '')
  const items = Map.groupBy(
    table.records.filter((record) => hasPrice(record, cell, fixed)),
    (record) => cell(record, 'Reference Handle') || cell(record, 'Item Name') || String(record.line),
  )
  const lines = [...items.values()].flatMap((records): TranslatedLine[] => {
    const [first] = records
    if (!first) return []
    const handle = handleFor(
      toSlug(cell(first, 'Permalink') || cell(first, 'Item Name')),
      toSlug(cell(first, 'SKU')) || String(first.line),
    )
    return records.map((record) => ({
      line: record.line,
      from: record,
      cells: {
        Handle: handle,
        ...(record === first && productCells(first, cell)),
        ...optionsOf(record, records.length, cell, fixed),
        'Variant SKU': cell(record, 'SKU'),
        'Variant Barcode': cell(record, 'GTIN'),
        'Variant Price': cell(record, 'Price'),
        ...(quantity && { 'Variant Inventory Qty': unitsOf(record) }),
      },
    }))
  })
  const isRead = (heading: string) =>
    translated.test(heading) || [quantity, quantity && newQuantity].includes(heading.trim())
  return { table: tableOf(table, lines, isRead), fixed }
}

/** An item whose price is typed at the till has none here; it is left out and reported. */
function hasPrice(record: FileRecord, cell: CellOf, fixed: Fix[]): boolean {
  const value = cell(record, 'Price')
  if (value.toLowerCase() !== 'variable') return true
  fixed.push({ kind: 'row_left_out', line: record.line, column: 'Price', value, became: null })
  return false
}

function productCells(record: FileRecord, cell: CellOf): Record<string, string> {
  const archived = cell(record, 'Archived').toLowerCase()
  return {
    Title: cell(record, 'Item Name'),
    'Body (HTML)': cell(record, 'Description'),
    Type:
      listIn(cell(record, 'Categories') || cell(record, 'Category'))[0]
        ?.split('>')
        .at(-1)
        ?.replace(/\(#\w+\)\s*$/, '')
        .trim() ?? '',
    Status: archived === 'y' || archived === 'yes' ? 'archived' : '',
  }
}

function optionsOf(
  record: FileRecord,
  variations: number,
  cell: CellOf,
  fixed: Fix[],
): Record<string, string> {
  const options: [string, string][] = []
  for (let number = 1; cell(record, `Option Name ${number}`) !== ''; number += 1) {
    options.push([cell(record, `Option Name ${number}`), cell(record, `Option Value ${number}`)])
  }
  if (options.length > 0) return optionCells(options, record.line, fixed)
  const name = cell(record, 'Variation Name')
  if (variations === 1 && only.has(name.toLowerCase())) {
    return { 'Option1 Name': 'Title', 'Option1 Value': 'Default Title' }
  }
  return { 'Option1 Name': 'Variation', 'Option1 Value': name || 'Regular' }
}
