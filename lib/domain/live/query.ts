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
  /**
   * For rows that are the same for every visitor: the address at which the shop's own server has those of `values`, with
   * their age. It reads them once for all pages; a browser does not ask the Data API for them.
   */
  readonly sharedAt?: string
  /**
   * For rows that the database sends to the private channel `table:value of this column`, in the shape of a change, where the
   * shop broadcasts its stock (decisions/0046): a page that asks by it then follows that in place of Postgres Changes.
   */
  readonly broadcastBy?: string
  /** For tables that only grow, with an ascending `id`: hold no more than this many rows of a query, latest first. */
  readonly newest?: number
  /** For tables that are scrolled through: then `by` is a unique whole number, and values are key ranges of it. */
  readonly list?: Listing<Row>
  /**
   * For rows that the browser may not select: asks the shop's own server for those of `values`. On the private channel
   * `table:value` the database then sends the row, in the shape of a change, or only that it changed. One value a query.
   */
  readonly fetchRows?: (values: readonly string[]) => Promise<Row[]>
}

/** How a table is scrolled through: see `LiveList`. */
export interface Listing<Row> {
  readonly pageSize: number
  /** Which rows belong to it, in the Data API's words (`status=eq.placed`) and in ours; all when not given. */
  readonly only?: { readonly where: string; has(row: Row): boolean }
}

/** The rows of a source, the latest first, page by page. Two lists with one key are the same list. */
export interface LiveList<Row> {
  readonly key: string
  readonly source: LiveSource<Row> & { readonly list: Listing<Row> }
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
  return { key: [source.table, source.by, ...distinct].join(), source, values: distinct }
}
