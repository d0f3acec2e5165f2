import type { LiveSource } from './query'

/** Whether a state of a row is newer than the one that is known, if one is. Nothing older may be shown. */
export function isNewer<Row>(
  source: LiveSource<Row>,
  known: Row | null | undefined,
  candidate: Row,
): boolean {
  return !known || source.version(candidate) > source.version(known)
}

/** One order for server and browser: the latest first in a list and where a source only grows, by id otherwise. */
export function sortRows<Row>(source: LiveSource<Row>, rows: readonly Row[]): Row[] {
  const { list, newest } = source
  const sorted = [...rows].sort((one, other) => {
    if (list) return keyOf(source, other) - keyOf(source, one)
    if (newest) return source.version(other) - source.version(one)
    return source.id(one) < source.id(other) ? -1 : 1
  })
  return newest ? sorted.slice(0, newest) : sorted
}

/** The position of a row in a list. */
export function keyOf<Row>(source: LiveSource<Row>, row: Row): number {
  return Number(row[source.by])
}

/** The same array when it holds the same rows: what did not change is not rendered again. */
export function unchanged<Row>(last: readonly Row[], next: readonly Row[]): readonly Row[] {
  return last.length === next.length && next.every((row, index) => row === last[index]) ? last : next
}
