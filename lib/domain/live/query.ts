/**
 * A table as a page may follow it: which columns, which column queries choose rows by, and what makes a row the
 * same row, newer. Declared once, at module level; read by the server render and by the browser alike.
 */
export interface LiveSource<Row> {
  readonly table: string
  readonly columns: readonly string[]
  /** The column whose values a query names. */
  readonly by: keyof Row & string
  /** One row as it came from outside; null when it is not one of this source. */
  parse(candidate: unknown): Row | null
  id(row: Row): string
  /** Grows with every change of the row; of two rows with one id the higher one is the truth. */
  version(row: Row): number
  /** For tables that only grow, with an ascending `id`: hold no more than this many rows of a query, latest first. */
  readonly newest?: number
}

/** The rows of a source whose `by` column is one of `values`. Two queries with one key are the same query. */
export interface LiveQuery<Row> {
  readonly key: string
  readonly source: LiveSource<Row>
  readonly values: readonly string[]
}

/** Asks for the rows of `source` that belong to `values`, in any order. */
export function liveQuery<Row>(source: LiveSource<Row>, values: readonly string[]): LiveQuery<Row> {
  const distinct = [...new Set(values)].sort()
  return { key: `${source.table}.${source.by}:${distinct.join()}`, source, values: distinct }
}
