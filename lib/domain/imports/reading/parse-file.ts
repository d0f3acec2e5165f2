import { type Result, refused } from '@/lib/domain/core/result'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import { catalogueFormat } from './catalogue-columns'
import { isInventoryHeading, isWideInventoryHeading } from './inventory-columns'
import { type CatalogueFile, readCatalogue } from './parse-catalogue'
import { type InventoryFile, readInventory } from './parse-inventory'
import { fromSquare, isSquare } from './systems/square'
import type { Translation } from './systems/system-table'
import { fromWooCommerce, isWooCommerce } from './systems/woocommerce'
import { type FileTable, readTable } from './text/records'
import { readRows } from './text/rows'

export type ParsedFile = CatalogueFile | InventoryFile

/**
 * Reads a file of products (Shopify, Matrixify, WooCommerce or Square) or of inventory, whichever its heading says. Prices are of `currency`
 * (ISO 4217).
 */
export function parseFile(bytes: Uint8Array, currency: string): Result<ParsedFile, ImportProblem[]> {
  const table = readTable(bytes)
  if (!table.ok) return refused([table.error])
  const { cells } = table.data.heading
  if (isInventoryHeading(cells) || isWideInventoryHeading(cells)) return readInventory(table.data)
  const { table: products, fixed } = asShopify(table.data)
  const file = readRows(products, catalogueFormat)
  if (!file.ok) return file
  file.data.report.fixed.push(...fixed)
  return readCatalogue(file.data, currency)
}

/** A product file of any system that the shop knows by its headings. */
function asShopify(table: FileTable): Translation {
  if (isWooCommerce(table.heading.cells)) return fromWooCommerce(table)
  if (isSquare(table.heading.cells)) return fromSquare(table)
  return { table, fixed: [] }
}
