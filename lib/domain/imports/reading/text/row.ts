import type { FixKind, Report } from '@/lib/domain/imports/finding'
import type { Cell } from '@/lib/domain/imports/reading/cells/cell'
import { rearmed } from '@/lib/domain/text/formula'
import type { Columns, KeptColumn } from './columns'
import type { FileRecord } from './records'

/** A line of the file, read by column. Findings go into the report it shares with its file. */
export interface Row<Key extends string> {
  line: number
  /** The trimmed cell; '' when it is blank or the file has no such column. */
  text(key: Key): string
  /** The trimmed cell of a column by its place in the heading. */
  at(index: number): string
  has(key: Key): boolean
  headingOf(key: Key): string
  /** The meaning of a cell; null, and a problem in the report, when it has none. */
  read<Value>(key: Key, reader: (text: string) => Cell<Value>): Value | null
  /** The same, with what a person has to decide about it. */
  cell<Value>(key: Key, reader: (text: string) => Cell<Value>): (Cell<Value> & { ok: true }) | null
  /** The cells of columns that are kept for the export, without the blank ones. */
  kept(isWanted: (column: KeptColumn) => boolean): [string, string][]
  fix(kind: FixKind, key: Key, became: string | null): void
  refuse(key: Key, why: string): void
}

/** A row of one record, which adds to the report. */
export function toRow<Key extends string>(
  { line, cells }: FileRecord,
  columns: Columns<Key>,
  report: Report,
): Row<Key> {
  const row: Row<Key> = {
    line,
    text(key) {
      return row.at(columns.indexOf(key) ?? -1)
    },
    at(index) {
      return rearmed((cells[index] ?? '').trim())
    },
    has: columns.has,
    headingOf: columns.headingOf,
    read(key, reader) {
      return row.cell(key, reader)?.data ?? null
    },
    cell(key, reader) {
      const cell = reader(row.text(key))
      if (!cell.ok) {
        row.refuse(key, cell.error)
        return null
      }
      for (const kind of cell.fixed ?? []) row.fix(kind, key, cell.became ?? spelling(cell.data))
      return cell
    },
    kept(isWanted) {
      return columns.kept
        .filter(isWanted)
        .map(({ heading, index }): [string, string] => [heading, row.at(index)])
        .filter(([, text]) => text !== '')
    },
    fix(kind, key, became) {
      report.fixed.push({ kind, line, column: columns.headingOf(key), value: row.text(key), became })
    },
    refuse(key, why) {
      report.problems.push({ line, column: columns.headingOf(key), value: row.text(key), why })
    },
  }
  return row
}

/** How a text is shown beside the cell it was read from; null for what the sentence says. */
function spelling(data: unknown): string | null {
  return typeof data === 'string' ? data : null
}
