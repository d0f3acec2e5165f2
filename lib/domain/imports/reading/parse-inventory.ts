import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { fixSentences, type Report } from '@/lib/domain/imports/finding'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import type { StagedAsk } from '@/lib/domain/imports/staged-product'
import { type Cell, meaning, meaningless, visible } from './cells/cell'
import { readSku } from './cells/code'
import { readQuantity } from './cells/quantity'
import {
  type InventoryKey,
  inventoryFormat,
  isWideInventoryHeading,
  wideInventoryFormat,
} from './inventory-columns'
import type { KeptColumn } from './text/columns'
import { type FileTable, readTable } from './text/records'
import type { Row } from './text/row'
import { inLineOrder, readRows, reportUnknown } from './text/rows'

/**
 * A line of an inventory file that claims something, in the shape public.stage_levels takes: a variant by SKU, else by
 * handle and choices; what was on hand at the export (expected, at a ledger position) and what the file says now.
 */
export interface StagedLevel {
  line: number
  sku: string | null
  handle: string | null
  option_values: string[]
  location: string
  expected: number | null
  ledger_position: number | null
  counted: number
  asks: StagedAsk[]
}

/** An inventory file that can be staged: the lines that say something new. */
export interface InventoryFile {
  kind: 'inventory'
  levels: StagedLevel[]
  warnings: string[]
}

type InventoryRow = Row<InventoryKey>

/**
 * Reads an inventory CSV of Shopify's. Lines that are blank where people write, or say what was there already, claim
 * nothing and are not in the result. Either all others can be staged, or every problem is named and none of it can.
 */
export function parseInventory(bytes: Uint8Array): Result<InventoryFile, ImportProblem[]> {
  const table = readTable(bytes)
  return table.ok ? readInventory(table.data) : refused([table.error])
}

/** The levels of a table, whether its locations are a column or columns. */
export function readInventory(table: FileTable): Result<InventoryFile, ImportProblem[]> {
  const isWide = isWideInventoryHeading(table.heading.cells)
  const file = readRows(table, isWide ? wideInventoryFormat : inventoryFormat)
  if (!file.ok) return file
  const { rows, unknown, report } = file.data
  if (!isWide) reportUnknown(unknown, report)
  const levels = rows.flatMap((row) =>
    isWide ? readWideLevels(row, unknown, table, report) : readLevel(row),
  )
  return report.problems.length > 0
    ? refused(inLineOrder(report.problems))
    : accepted({ kind: 'inventory', levels, warnings: fixSentences(report.fixed) })
}

function readLevel(row: InventoryRow): StagedLevel[] {
  if (row.text('counted') === '') return []
  const counted = row.cell('counted', readUnits)
  const expected = row.text('expected') === '' ? null : row.read('expected', readUnits)
  if (counted === null || counted.data === expected) return []
  if (row.text('location') === '') row.refuse('location', 'is missing: every line says where its units are')
  const isLarge = counted.asked && counted.data > 10 * (expected ?? 0)
  return [
    {
      ...variantOf(row),
      location: visible(row.text('location')),
      expected,
      ledger_position: row.text('position') === '' ? null : row.read('position', readLedgerPosition),
      counted: counted.data,
      asks: isLarge ? [askAbout(row.line, row.headingOf('counted'), row.text('counted'))] : [],
    },
  ]
}

/** A level for each location that a row names in its heading. */
function readWideLevels(
  row: InventoryRow,
  locations: readonly KeptColumn[],
  { heading }: FileTable,
  { fixed, problems }: Report,
): StagedLevel[] {
  const variant = variantOf(row)
  return locations.flatMap(({ heading: location, index }): StagedLevel[] => {
    const value = visible(row.at(index))
    const place = { line: row.line, column: heading.cells[index]?.trim() ?? location, value }
    if (value === '') return []
    if (isNotStocked(value)) {
      fixed.push({ kind: 'not_stocked', ...place, became: null })
      return []
    }
    const units = readQuantity(value)
    if (!units.ok) {
      problems.push({ ...place, why: units.error })
      return []
    }
    for (const kind of units.fixed ?? []) fixed.push({ kind, ...place, became: String(units.data) })
    const asks = units.asked ? [askAbout(row.line, place.column, value)] : []
    return [
      {
        ...variant,
        location: visible(location),
        expected: null,
        ledger_position: null,
        counted: units.data,
        asks,
      },
    ]
  })
}

function variantOf(row: InventoryRow): Pick<StagedLevel, 'line' | 'sku' | 'handle' | 'option_values'> {
  const sku = row.read('sku', readSku)
  const handle = visible(row.text('handle'))
  if (!sku && handle === '') {
    row.refuse('sku', 'is missing, and so is the handle: every line says which variant it is about')
  }
  return { line: row.line, sku: sku || null, handle: handle || null, option_values: choices(row) }
}

function askAbout(line: number, column: string, value: string): StagedAsk {
  const choices = { keep: { choice: null }, drop: { choice: 'skip' } }
  return { kind: 'large_quantity', subject: 'level', line, column, value, choices }
}

function choices(row: InventoryRow): string[] {
  const values = (['option1Value', 'option2Value', 'option3Value'] as const).map((key) => row.text(key))
  return values[0]?.toLowerCase() === 'default title' ? [] : values.filter(Boolean)
}

function isNotStocked(text: string): boolean {
  return text.toLowerCase() === 'not stocked'
}

/** Units on hand. Where Shopify says that a variant is not stocked there are none. */
function readUnits(text: string): Cell<number> {
  return isNotStocked(text) ? meaning(0) : readQuantity(text)
}

function readLedgerPosition(text: string): Cell<number> {
  return /^\d{1,15}$/.test(text)
    ? meaning(Number(text))
    : meaningless('is not what the export wrote there: leave this column as it is')
}
