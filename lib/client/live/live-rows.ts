'use client'

import type { Freshness } from '@/lib/domain/live/freshness'

/** Live rows never come without their certainty. */
export interface LiveRows<Row> {
  readonly rows: readonly Row[]
  readonly freshness: Freshness
}

/** One component's look at rows: what `useSyncExternalStore` needs of them. */
export interface RowsView<Row> {
  subscribe(listener: () => void): () => void
  /** The same object until one of its values changes. */
  current(): LiveRows<Row>
  first(): LiveRows<Row>
}
