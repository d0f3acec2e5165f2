import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import { readQuantity } from './cells'
import type { Format } from './columns'
import type { Row } from './row'
import { inLineOrder, readRows } from './rows'

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
}

/** An inventory file that can be staged: the lines that say something new. */
export interface InventoryFile {
  kind: 'inventory'
  levels: StagedLevel[]
  warnings: string[]
}

const headings = {
  handle: ['Handle'],
  title: ['Title'],
  option1Name: ['Option1 Name'],
  option1Value: ['Option1 Value'],
  option2Name: ['Option2 Name'],
  option2Value: ['Option2 Value'],
  option3Name: ['Option3 Name'],
  option3Value: ['Option3 Value'],
  sku: ['SKU', 'Variant SKU'],
  location: ['Location'],
  expected: ['On hand (current)'],
  counted: ['On hand (new)', 'On hand'],
  position: ['Ledger position (not editable)'],
} as const
type InventoryRow = Row<keyof typeof headings>

/** Shopify's inventory CSV of today, and that of before, which had one column "On hand"; and the column of ours. */
const format: Format<keyof typeof headings> = {
  headings,
  required: ['location', 'counted'],
  unused: [/^(hs code|coo|bin name|incoming|unavailable|committed|available)$/, /\(not editable\)$/],
}

/** Whether a heading line is that of an inventory file and not that of a product file. */
export function isInventoryHeading(cells: readonly string[]): boolean {
  const known = cells.map((cell) => cell.trim().toLowerCase())
  return known.includes('location') && known.some((heading) => heading.startsWith('on hand'))
}

/**
 * Reads an inventory CSV of Shopify's. Lines that are blank where people write, or say what was there already, claim
 * nothing and are not in the result. Either all others can be staged, or every problem is named and none of it can.
 */
export function parseInventory(bytes: Uint8Array): Result<InventoryFile, ImportProblem[]> {
  const file = readRows(bytes, format)
  if (!file.ok) return file
  const { rows, problems, warnings } = file.data
  const levels = rows.flatMap(readLevel)
  return problems.length > 0
    ? refused(inLineOrder(problems))
    : accepted({ kind: 'inventory', levels, warnings })
}

function readLevel(row: InventoryRow): StagedLevel[] {
  if (row.text('counted') === '') return []
  const counted = row.read('counted', readUnits)
  const expected = row.text('expected') === '' ? null : row.read('expected', readUnits)
  if (counted === null || counted === expected) return []
  if (row.text('sku') === '' && row.text('handle') === '') {
    row.refuse('sku', 'is missing, and so is the handle: every line says which variant it is about')
  }
  if (row.text('location') === '') row.refuse('location', 'is missing: every line says where its units are')
  return [
    {
      line: row.line,
      sku: row.text('sku') || null,
      handle: row.text('handle') || null,
      option_values: choices(row),
      location: row.text('location'),
      expected,
      ledger_position: row.text('position') === '' ? null : row.read('position', readLedgerPosition),
      counted,
    },
  ]
}

function choices(row: InventoryRow): string[] {
  const values = (['option1Value', 'option2Value', 'option3Value'] as const).map((key) => row.text(key))
  return values[0]?.toLowerCase() === 'default title' ? [] : values.filter(Boolean)
}

/** Units on hand. Zero where Shopify reports a variant as not stocked. */
function readUnits(text: string): Result<number, string> {
  return text.toLowerCase() === 'not stocked' ? accepted(0) : readQuantity(text)
}

function readLedgerPosition(text: string): Result<number, string> {
  return /^\d{1,15}$/.test(text)
    ? accepted(Number(text))
    : refused('is not what the export wrote there: leave this column as it is')
}
