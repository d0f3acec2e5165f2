import type { Listing, LiveList, LiveSource } from './query'

// Beside query.ts, which is on every page: shoppers have no lists.

/**
 * Lists `source` from the highest to the lowest of its `by` column, which must be a unique whole number (an order's, not
 * a title). Example: `liveList(orders, { pageSize: 50, only: open })`.
 */
export function liveList<Row>(source: LiveSource<Row>, list: Listing<Row>): LiveList<Row> {
  const key = [source.table, source.by, list.pageSize, list.only?.where].join()
  return { key, source: { ...source, list } }
}
