import type { LiveSource } from '@/lib/domain/live/query'

/** Of two states of one row, the one that may be shown: never the older; the first when they are the same. */
export function newer<Row>(source: LiveSource<Row>, known: Row | undefined, candidate: Row): Row {
  return known !== undefined && source.version(known) >= source.version(candidate) ? known : candidate
}

/** One order for server and browser: that of a list, newest first where a source only grows, by id otherwise. */
export function arranged<Row>(source: LiveSource<Row>, rows: readonly Row[]): Row[] {
  const { list, newest } = source
  const sorted = [...rows].sort((one, other) => {
    if (list) return (keyOf(source, one) - keyOf(source, other)) * (list.order === 'descending' ? -1 : 1)
    if (newest) return source.version(other) - source.version(one)
    return source.id(one) < source.id(other) ? -1 : 1
  })
  return newest ? sorted.slice(0, newest) : sorted
}

/** Where a row stands in a list. */
export function keyOf<Row>(source: LiveSource<Row>, row: Row): number {
  return Number(row[source.by])
}

/** The same array when it holds the same rows: what did not change is not rendered again. */
export function unchanged<Row>(last: readonly Row[], next: readonly Row[]): readonly Row[] {
  return last.length === next.length && next.every((row, index) => row === last[index]) ? last : next
}
