import { accepted, type Result, refused } from '@/lib/domain/core/result'
import type { Report } from '@/lib/domain/imports/finding'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import { type Columns, type Format, type KeptColumn, readColumns } from './columns'
import type { FileRecord, FileTable } from './records'
import { type Row, toRow } from './row'

/** A file read by column. Its rows go on adding to the report. */
export interface Rows<Key extends string> {
  rows: Row<Key>[]
  columns: Columns<Key>
  unknown: KeptColumn[]
  report: Report
}

/** The rows of a file of this format; refused when it cannot be told which cell is which. Empty lines are none. */
export function readRows<Key extends string>(
  { heading, records, guess }: FileTable,
  format: Format<Key>,
): Result<Rows<Key>, ImportProblem[]> {
  const { columns, problems, unknown } = readColumns(heading.cells, format, heading.line)
  if (problems.length > 0) return refused(problems)
  if (records.length === 0) return refused([fileProblem('The file has a heading line and nothing below it.')])
  const report: Report = { fixed: [], problems }
  if (guess) {
    const value = heading.cells.concat(...records.slice(0, 1000).map(({ cells }) => cells)).find(isAccented)
    const kind = guess === 'UTF-8 twice' ? 'encoded_twice' : 'guessed_encoding'
    report.fixed.push({ kind, line: null, column: '', value: value ?? '', became: null })
  }
  const width = heading.cells.length
  const rows = records
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map((record) => toRow(checkedRecord(record, width, report), columns, report))
  refuseErrors(rows, Object.keys(format.headings) as Key[], report)
  return accepted({ rows, columns, unknown, report })
}

/** Tells of columns that nobody knows. */
export function reportUnknown(unknown: readonly KeptColumn[], { fixed }: Report): void {
  for (const { heading } of unknown) {
    fixed.push({ kind: 'unknown_columns', line: null, column: heading, value: '', became: null })
  }
}

/** Problems as they come in the file; those of the file as a whole first. */
export function inLineOrder(problems: ImportProblem[]): ImportProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

/** The value of a formula that a spreadsheet could not compute, as several languages write it. */
const formulaError =
  /^#(N\/A|NV|REF!|BEZUG!|VALUE!|WERT!|VALEUR !|¡VALOR!|NAME\?|NOM \?|¿NOMBRE\?|DIV\/0!|¡DIV\/0!|NULL!|NUM!|ZAHL!|ERROR!|SPILL!)$/i

/** Refuses formula errors in columns that the shop reads: they would become titles and codes. */
function refuseErrors<Key extends string>(
  rows: readonly Row<Key>[],
  keys: readonly Key[],
  { problems }: Report,
): void {
  for (const row of rows) {
    for (const key of keys) {
      const value = row.text(key)
      if (!value.startsWith('#') || !formulaError.test(value)) continue
      const why = 'is an error of a spreadsheet: correct its formula, or write the value'
      problems.push({ line: row.line, column: row.headingOf(key), value, why })
    }
  }
}

function fileProblem(why: string): ImportProblem {
  return { line: null, column: '', value: null, why }
}

const isAccented = (cell: string) => /[^\0-\x7F]/.test(cell)

/** A record with a cell for each column. Spreadsheets leave out blank cells at its end; more cells have moved the others. */
function checkedRecord(record: FileRecord, width: number, report: Report): FileRecord {
  const { line, cells } = record
  if (cells.length < width) {
    report.fixed.push({ kind: 'row_cut_short', line, column: '', value: '', became: null })
  } else if (cells.slice(width).some((cell) => cell.trim() !== '')) {
    const why = `has ${cells.length} cells, the heading line has ${width}: look for a separator or quote too many`
    report.problems.push({ line, column: '', value: null, why })
  }
  return record
}
