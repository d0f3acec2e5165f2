import { rearmed } from '@/lib/domain/core/formula'
import type { Result } from '@/lib/domain/core/result'
import type { ImportProblem } from '@/lib/domain/imports/problem'
import type { Columns } from './columns'
import type { FileRecord } from './records'

/** A line of the file, read by column. Problems go into the report it shares with its file. */
export interface Row<Key extends string> {
  line: number
  /** The trimmed cell; '' when it is blank or the file has no such column. */
  text(key: Key): string
  has(key: Key): boolean
  /** The value of a cell; null, and a problem in the report, when it has none. */
  read<Value>(key: Key, reader: (text: string) => Result<Value, string>): Value | null
  refuse(key: Key, why: string): void
}

/** A row of one record, which adds to `problems`. */
export function toRow<Key extends string>(
  { line, cells }: FileRecord,
  columns: Columns<Key>,
  problems: ImportProblem[],
): Row<Key> {
  const row: Row<Key> = {
    line,
    text(key) {
      return rearmed((cells[columns.indexOf(key) ?? -1] ?? '').trim())
    },
    has: columns.has,
    read(key, reader) {
      const cell = reader(row.text(key))
      if (cell.ok) return cell.data
      row.refuse(key, cell.error)
      return null
    },
    refuse(key, why) {
      problems.push({ line, column: columns.headingOf(key), value: row.text(key), why })
    },
  }
  return row
}
