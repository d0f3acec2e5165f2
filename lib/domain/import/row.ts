import { rearmed } from '@/lib/domain/formula'
import type { Result } from '@/lib/domain/result'
import { type ColumnKey, type Columns, headingOf } from './columns'
import type { ImportProblem } from './problem'
import type { FileRecord } from './records'

/** A line of the file, read by column. What is wrong with it goes into the report it shares with its file. */
export interface Row {
  line: number
  /** The trimmed cell; '' when it is blank or the file has no such column. */
  text(key: ColumnKey): string
  has(key: ColumnKey): boolean
  /** What a cell means; null, and a problem in the report, when it means nothing. */
  read<Value>(key: ColumnKey, reader: (text: string) => Result<Value, string>): Value | null
  refuse(key: ColumnKey, why: string): void
}

/** A row of one record, which adds to `problems`. */
export function toRow({ line, cells }: FileRecord, columns: Columns, problems: ImportProblem[]): Row {
  const row: Row = {
    line,
    text(key) {
      const column = columns.get(key)
      return column ? rearmed((cells[column.index] ?? '').trim()) : ''
    },
    has: (key) => columns.has(key),
    read(key, reader) {
      const cell = reader(row.text(key))
      if (cell.ok) return cell.data
      row.refuse(key, cell.error)
      return null
    },
    refuse(key, why) {
      problems.push({ line, column: headingOf(columns, key), value: row.text(key), why })
    },
  }
  return row
}
