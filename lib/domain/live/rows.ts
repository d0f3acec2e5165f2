import type { LiveSource } from '@/lib/domain/live/query'

/** Of two states of one row, the one that may be shown: never the older; the first when they are the same. */
export function newer<Row>(source: LiveSource<Row>, known: Row | undefined, candidate: Row): Row {
  return known !== undefined && source.version(known) >= source.version(candidate) ? known : candidate
}

/** One order for server and browser: newest first where a source only grows, by id otherwise. */
export function arranged<Row>(source: LiveSource<Row>, rows: readonly Row[]): Row[] {
  const sorted = [...rows].sort((one, other) =>
    source.newest ? source.version(other) - source.version(one) : source.id(one) < source.id(other) ? -1 : 1,
  )
  return source.newest ? sorted.slice(0, source.newest) : sorted
}

/** The same array when it holds the same rows: what did not change is not rendered again. */
export function unchanged<Row>(last: readonly Row[], next: readonly Row[]): readonly Row[] {
  return last.length === next.length && next.every((row, index) => row === last[index]) ? last : next
}
