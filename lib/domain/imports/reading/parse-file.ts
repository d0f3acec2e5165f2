import type { Result } from '@/lib/domain/core/result'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import { type CatalogueFile, parseCatalogue } from './parse-catalogue'
import { type InventoryFile, isInventoryHeading, parseInventory } from './parse-inventory'
import { readHeading } from './records'

export type ParsedFile = CatalogueFile | InventoryFile

/** Reads a CSV of products or of inventory, whichever its heading says. Prices are of `currency` (ISO 4217). */
export function parseFile(bytes: Uint8Array, currency: string): Result<ParsedFile, ImportProblem[]> {
  return isInventoryHeading(readHeading(bytes)) ? parseInventory(bytes) : parseCatalogue(bytes, currency)
}
