'use client'

import type { Route } from 'next'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { useIsRunning } from '@/lib/client/hooks/use-is-running'
import { type InventoryEntry, type InventoryFilter, inventoryAddress } from '@/lib/domain/stock/inventory'
import { inventoryPagesWords } from './words'

/**
 * The links to the next variants and back to the first. In the browser the next ones load automatically, with a
 * note. Renders a `<nav>`, or nothing when all are shown.
 */
export function InventoryPages({
  filter,
  entries,
  hasMore,
}: {
  filter: InventoryFilter
  entries: readonly InventoryEntry[]
  hasMore: boolean
}) {
  const isRunning = useIsRunning()
  const last = entries.at(-1)
  if (!filter.after && !hasMore) return null
  return (
    <nav aria-label={inventoryPagesWords.pagesOfTheInventory} className="flex gap-6 text-small">
      {filter.after && (
        <TextLink tone="link" href={inventoryAddress({ ...filter, after: '' }) as Route}>
          {inventoryPagesWords.backToFirstPage}
        </TextLink>
      )}
      {hasMore && last && !isRunning && (
        <TextLink tone="link" end href={inventoryAddress({ ...filter, after: last.variant_id }) as Route}>
          {inventoryPagesWords.nextVariants}
        </TextLink>
      )}
      {hasMore && isRunning && (
        <Text as="span" tone="soft">
          {inventoryPagesWords.scrollForMoreVariants}
        </Text>
      )}
    </nav>
  )
}
