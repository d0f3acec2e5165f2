import { type Result, refused } from '@/lib/domain/core/result'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import { catalogueFormat } from './catalogue-columns'
import { isInventoryHeading, isWideInventoryHeading } from './inventory-columns'
import { type CatalogueFile, readCatalogue } from './parse-catalogue'
import { type InventoryFile, readInventory } from './parse-inventory'
import { readTable } from './text/records'
import { readRows } from './text/rows'

export type ParsedFile = CatalogueFile | InventoryFile

/** Reads a file of products or of inventory, whichever its heading says. Prices are of `currency` (ISO 4217). */
export function parseFile(bytes: Uint8Array, currency: string): Result<ParsedFile, ImportProblem[]> {
  const table = readTable(bytes)
  if (!table.ok) return refused([table.error])
  const { cells } = table.data.heading
  if (isInventoryHeading(cells) || isWideInventoryHeading(cells)) return readInventory(table.data)
  const file = readRows(table.data, catalogueFormat)
  return file.ok ? readCatalogue(file.data, currency) : file
}
