'use client'

import type { Route } from 'next'
import { memo, useMemo } from 'react'
import { StockWords } from '@/components/stock/stock-words'
import { Link } from '@/components/ui/link'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type InventoryEntry, optionsInWords, shelfOfEntry } from '@/lib/domain/stock/inventory'
import { shelfOf, stockOfVariant } from '@/lib/domain/stock/shelf'
import { entryNameWords } from './words'

/** The name of a variant, and its stock as shoppers read it now. */
export const EntryName = memo(function EntryName({
  entry,
  isWatched,
  tabIndex,
}: {
  entry: InventoryEntry
  isWatched: boolean
  tabIndex: 0 | -1 | undefined
}) {
  const first = useMemo(() => [shelfOfEntry(entry)], [entry])
  const { rows } = useLiveQuery(shelfOf([entry.product_id]), first, isWatched)
  const options = optionsInWords(entry)
  return (
    <div className="grid grid-cols-[3.5rem_1fr] gap-4">
      <Picture src={entry.picture} />
      <div className="grid min-w-0 content-start gap-0.5">
        <Link
          href={`/staff/variants/${entry.variant_id}` as Route}
          tabIndex={tabIndex}
          className="underlined font-medium text-body desktop:truncate"
        >
          {entry.title}
          {options && <span className="text-soft">, {options}</span>}
        </Link>
        <p className="figures truncate text-fine text-soft">
          {entry.sku}
          {entry.barcode && ` · ${entry.barcode}`}
        </p>
        <p className="text-fine">
          <span className="sr-only">{entryNameWords.shoppersSee} </span>
          <StockWords stock={stockOfVariant(rows, entry.variant_id)} isLive={false} isUncertain={false} />
        </p>
      </div>
    </div>
  )
})

/** Decoration: the name stands beside it. */
function Picture({ src }: { src: string | null }) {
  return src ? (
    <img
      src={src}
      alt=""
      width={56}
      height={56}
      loading="lazy"
      className="size-14 rounded-small bg-sunken object-cover"
    />
  ) : (
    <span className="size-14 rounded-small bg-sunken" />
  )
}
