import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { fixSentences } from '@/lib/domain/imports/finding'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import type { StagedProduct } from '@/lib/domain/imports/staged-product'
import { type CatalogueKey, catalogueFormat } from './catalogue-columns'
import { decimalMarkOf } from './cells/decimal'
import { compareCodes } from './compare-codes'
import { groupByHandle } from './read-handle'
import { readProduct } from './read-product'
import { readTable } from './text/records'
import { inLineOrder, type Rows, readRows, reportUnknown } from './text/rows'

/** A product file that can be staged. warnings: each kind of cell that was read in another way than it is written. */
export interface CatalogueFile {
  kind: 'products'
  products: StagedProduct[]
  variants: number
  warnings: string[]
  /** The headings of the cells that are kept for exports. */
  keptColumns: string[]
}

/**
 * Reads a product CSV of Shopify's. Prices are of `currency` (ISO 4217). Either the whole file can be staged, or every
 * problem is named and none of it can.
 */
export function parseCatalogue(bytes: Uint8Array, currency: string): Result<CatalogueFile, ImportProblem[]> {
  const table = readTable(bytes)
  if (!table.ok) return refused([table.error])
  const file = readRows(table.data, catalogueFormat)
  return file.ok ? readCatalogue(file.data, currency) : file
}

/** The products of rows that some system's reader brings. */
export function readCatalogue(
  { rows, columns, unknown, report }: Rows<CatalogueKey>,
  currency: string,
): Result<CatalogueFile, ImportProblem[]> {
  reportUnknown(unknown, report)
  const prices = rows.flatMap((row) => [row.text('price'), row.text('compareAt')])
  const style = { currency, mark: decimalMarkOf(prices) }
  const products = groupByHandle(rows).map((group) => readProduct(group, style))
  compareCodes(products, columns, report)
  if (products.length === 0 && report.problems.length === 0) {
    const why = 'Every row asks to delete or to skip, so that nothing is left to import.'
    return refused([{ line: null, column: '', value: null, why }])
  }
  if (report.problems.length > 0) return refused(inLineOrder(report.problems))

  return accepted({
    kind: 'products',
    products,
    variants: products.reduce((sum, product) => sum + product.variants.length, 0),
    warnings: fixSentences(report.fixed),
    keptColumns: columns.kept.map(({ heading }) => heading),
  })
}
