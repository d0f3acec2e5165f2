import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import type { StagedProduct } from '@/lib/domain/imports/staged-product'
import { type CatalogueKey, type CatalogueRow, catalogueFormat } from './catalogue-columns'
import type { Columns } from './columns'
import { readProduct } from './read-product'
import { inLineOrder, readRows } from './rows'

/** A product file that can be staged. warnings are sentences about what it says and the shop will not do. */
export interface CatalogueFile {
  kind: 'products'
  products: StagedProduct[]
  variants: number
  warnings: string[]
}

/**
 * Reads a product CSV of Shopify's. Prices are of `currency` (ISO 4217). Either the whole file can be staged, or every
 * problem is named and none of it can.
 */
export function parseCatalogue(bytes: Uint8Array, currency: string): Result<CatalogueFile, ImportProblem[]> {
  const file = readRows(bytes, catalogueFormat)
  if (!file.ok) return file
  const { rows, columns, problems, warnings } = file.data
  const read = [...groupByHandle(rows.filter(isNamed))].map(([first, others]) =>
    readProduct(first, others, currency),
  )
  const products = read.map(({ product }) => product)
  checkSkus(products, columns, problems)
  if (problems.length > 0) return refused(inLineOrder(problems))

  const variants = products.reduce((sum, product) => sum + product.variants.length, 0)
  const sellsOn = read.flatMap((product) => product.sellsOn)
  return accepted({ kind: 'products', products, variants, warnings: [...warnings, ...oversold(sellsOn)] })
}

function isNamed(row: CatalogueRow): boolean {
  if (row.text('handle') === '') row.refuse('handle', 'is missing: every line says which product it is about')
  return row.text('handle') !== ''
}

/** The rows of each product, in the order of the file; they need not be adjacent. */
function groupByHandle(rows: CatalogueRow[]): Map<CatalogueRow, CatalogueRow[]> {
  const firsts = new Map<string, CatalogueRow>()
  const groups = new Map<CatalogueRow, CatalogueRow[]>()
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

function checkSkus(products: StagedProduct[], columns: Columns<CatalogueKey>, problems: ImportProblem[]) {
  const lines = new Map<string, number>()
  const column = columns.headingOf('sku')
  for (const { line, sku } of products.flatMap(({ variants }) => variants.filter((one) => one.sku_given))) {
    const twin = lines.get(sku)
    if (twin !== undefined)
      problems.push({ line, column, value: sku, why: `is the SKU of line ${twin} already` })
    lines.set(sku, line)
  }
}

/** Overselling is impossible here, so the policy that asks for it is not taken over, and this is said. */
function oversold([first, ...others]: number[]): string[] {
  if (first === undefined) return []
  const lines = others.length === 0 ? `Line ${first} asks` : `Line ${first} and ${others.length} more ask`
  return [
    `${lines} to sell on when none is left (policy "continue"). This shop never does: at zero they are sold out.`,
  ]
}
