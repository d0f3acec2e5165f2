import { stringify } from 'csv-stringify/sync'
import { disarmed } from '@/lib/domain/text/formula'

/** A byte order mark: tells spreadsheets that the file is UTF-8. Comes before the heading. */
export const byteOrderMark = '\uFEFF'

/** Records as lines of a CSV file. No cell of it can run in a spreadsheet. */
export function csvLines(records: readonly (readonly string[])[]): string {
  return stringify(records.map((cells) => cells.map(disarmed)))
}
