import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import { type Columns, type Format, readColumns } from './columns'
import { type FileRecord, readRecords } from './records'
import { type Row, toRow } from './row'

/** A file read by column. Its rows go on adding to `problems`. */
export interface Rows<Key extends string> {
  rows: Row<Key>[]
  columns: Columns<Key>
  problems: ImportProblem[]
  warnings: string[]
}

/** The rows of a CSV file of this format; refused when it cannot be told which cell is which. Empty lines are none. */
export function readRows<Key extends string>(
  bytes: Uint8Array,
  format: Format<Key>,
): Result<Rows<Key>, ImportProblem[]> {
  const records = readRecords(bytes)
  if (!records.ok) return refused([records.error])
  const [heading, ...rest] = records.data
  const { columns, problems, unknown } = readColumns(heading?.cells ?? [], format)
  if (problems.length > 0) return refused(problems)
  if (rest.length === 0) return refused([fileProblem('The file has a heading line and nothing below it.')])

  const rows = rest
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map((record) => checkedRow(record, columns, heading?.cells.length ?? 0, problems))
  const warnings = unknown.length === 0 ? [] : [`Columns nobody here knows, left out: ${unknown.join(', ')}.`]
  return accepted({ rows, columns, problems, warnings })
}

/** Problems as they come in the file; those of the file as a whole first. */
export function inLineOrder(problems: ImportProblem[]): ImportProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

function fileProblem(why: string): ImportProblem {
  return { line: null, column: '', value: null, why }
}

function checkedRow<Key extends string>(
  record: FileRecord,
  columns: Columns<Key>,
  width: number,
  problems: ImportProblem[],
): Row<Key> {
  const { line, cells } = record
  if (cells.length !== width) {
    const why = `has ${cells.length} cells, the heading line has ${width}: look for a comma or quote too many or too few`
    problems.push({ line, column: '', value: null, why })
  }
  return toRow(record, columns, problems)
}
