import 'server-only'
import { ROWS_AT_ONCE } from '@/lib/domain/core/schema-version'
import { type Answer, rowsOrThrow } from './refusals'

/**
 * Every row of a read, a thousand at a time: the Data API cuts an answer at its max_rows silently. The read names an
 * order in which no two rows are equal, so that the portions neither overlap nor leave a gap.
 *
 * @param read asks for the rows from the first to the last place, counted from 0, both included.
 * @param most reads no more rows than this; a multiple of 1,000.
 */
export async function everyRow<Row>(
  asked: string,
  read: (from: number, to: number) => PromiseLike<Answer<Row[] | null>>,
  most = Number.POSITIVE_INFINITY,
): Promise<Row[]> {
  const rows: Row[] = []
  let portion: Row[]
  do {
    portion = rowsOrThrow(asked, await read(rows.length, rows.length + ROWS_AT_ONCE - 1))
    rows.push(...portion)
  } while (portion.length === ROWS_AT_ONCE && rows.length < most)
  return rows
}

/**
 * Every row, so many at a time, by its number and not by offset: one that is added or removed in the meantime moves no other.
 *
 * @param read asks for that many rows with a greater number, by number.
 */
export async function* pagesByNumber<Row extends { number: number | null }>(
  asked: string,
  size: number,
  read: (after: number) => PromiseLike<Answer<Row[] | null>>,
): AsyncGenerator<Row[]> {
  let last = 0
  let rows: Row[]
  do {
    rows = rowsOrThrow(asked, await read(last))
    yield rows
    last = rows.at(-1)?.number ?? last
  } while (rows.length === size)
}
