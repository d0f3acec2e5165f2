import { accepted, type Result, refused } from '@/lib/domain/result'
import { type Columns, readColumns } from './columns'
import type { ImportProblem } from './problem'
import { readProduct } from './read-product'
import { type FileRecord, readRecords } from './records'
import { type Row, toRow } from './row'
import type { StagedProduct } from './staged-product'

/** A file that can be staged. warnings are sentences about what it says and the shop will not do. */
export interface CatalogueFile {
  products: StagedProduct[]
  variants: number
  warnings: string[]
}

/**
 * Reads a product CSV of Shopify's. Prices are of `currency` (ISO 4217). Either the whole file can be staged, or every
 * problem is named and none of it can.
 */
export function parseCatalogue(bytes: Uint8Array, currency: string): Result<CatalogueFile, ImportProblem[]> {
  const records = readRecords(bytes)
  if (!records.ok) return refused([records.error])
  const [heading, ...rest] = records.data
  const { columns, problems, unknown } = readColumns(heading?.cells ?? [])
  if (problems.length > 0) return refused(problems)
  if (rest.length === 0) return refused([fileProblem('The file has a heading line and nothing below it.')])

  const rows = rest
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map((record) => checkedRow(record, columns, heading?.cells.length ?? 0, problems))
  const read = [...groupByHandle(rows.filter(isNamed))].map(([first, others]) =>
    readProduct(first, others, currency),
  )
  const products = read.map(({ product }) => product)
  checkSkus(products, columns, problems)
  if (problems.length > 0) return refused(problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)))

  const variants = products.reduce((sum, product) => sum + product.variants.length, 0)
  const sellsOn = read.flatMap((product) => product.sellsOn)
  return accepted({ products, variants, warnings: [...ignoredColumns(unknown), ...oversold(sellsOn)] })
}

function fileProblem(why: string): ImportProblem {
  return { line: null, column: '', value: null, why }
}

function checkedRow(record: FileRecord, columns: Columns, width: number, problems: ImportProblem[]): Row {
  const { line, cells } = record
  if (cells.length !== width) {
    const why = `has ${cells.length} cells, the heading line has ${width}: look for a comma or quote too many or too few`
    problems.push({ line, column: '', value: null, why })
  }
  return toRow(record, columns, problems)
}

function isNamed(row: Row): boolean {
  if (row.text('handle') === '') row.refuse('handle', 'is missing: every line says which product it is about')
  return row.text('handle') !== ''
}

/** The rows of each product, in the order of the file; they need not stand together. */
function groupByHandle(rows: Row[]): Map<Row, Row[]> {
  const firsts = new Map<string, Row>()
  const groups = new Map<Row, Row[]>()
  for (const row of rows) {
    const first = firsts.get(row.text('handle'))
    if (first) groups.get(first)?.push(row)
    else {
      firsts.set(row.text('handle'), row)
      groups.set(row, [])
    }
  }
  return groups
}

function checkSkus(products: StagedProduct[], columns: Columns, problems: ImportProblem[]) {
  const lines = new Map<string, number>()
  const column = columns.get('sku')?.heading ?? ''
  for (const { line, sku } of products.flatMap(({ variants }) => variants.filter((one) => one.sku_given))) {
    const twin = lines.get(sku)
    if (twin !== undefined)
      problems.push({ line, column, value: sku, why: `is the SKU of line ${twin} already` })
    lines.set(sku, line)
  }
}

function ignoredColumns(unknown: string[]): string[] {
  return unknown.length === 0 ? [] : [`Columns nobody here knows, left out: ${unknown.join(', ')}.`]
}

/** Overselling is impossible here, so the policy that asks for it is not taken over, and this is said. */
function oversold([first, ...others]: number[]): string[] {
  if (first === undefined) return []
  const lines = others.length === 0 ? `Line ${first} asks` : `Line ${first} and ${others.length} more ask`
  return [
    `${lines} to sell on when none is left (policy "continue"). This shop never does: at zero they are sold out.`,
  ]
}
