'use client'

import type { Route } from 'next'
import { memo, useMemo } from 'react'
import { StockWords } from '@/components/stock/stock-words'
import { Thumbnail } from '@/components/ui/data/thumbnail'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { smallPicture } from '@/lib/domain/products/photo'
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
      <Thumbnail src={entry.picture && smallPicture(entry.picture)} />
      <Stack gap={0.5} atTop shrinks>
        <TextLink
          size="name"
          href={`/staff/variants/${entry.variant_id}` as Route}
          tabIndex={tabIndex}
          className="desktop:truncate"
        >
          {entry.title}
          {options && (
            <Text as="span" tone="soft">
              , {options}
            </Text>
          )}
        </TextLink>
        <p className="figures truncate text-fine text-soft">
          {entry.sku}
          {entry.barcode && ` · ${entry.barcode}`}
        </p>
        <Text size="fine">
          <VisuallyHidden>{entryNameWords.shoppersSee} </VisuallyHidden>
          <StockWords stock={stockOfVariant(rows, entry.variant_id)} isLive={false} isUncertain={false} />
        </Text>
      </Stack>
    </div>
  )
})
