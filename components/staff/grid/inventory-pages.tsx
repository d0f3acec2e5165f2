'use client'

import type { Route } from 'next'
import { Link } from '@/components/ui/link'
import { useIsRunning } from '@/lib/client/hooks/use-is-running'
import { type InventoryEntry, type InventoryFilter, inventoryAddress } from '@/lib/domain/stock/inventory'
import { inventoryPagesWords } from './words'

/**
 * The way to the next variants, and back to the first. A page that runs loads what follows by itself, and says so.
 * Renders a `<nav>`, or nothing when all are shown.
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
        <Link href={inventoryAddress({ ...filter, after: '' }) as Route} className="underlined text-link">
          {inventoryPagesWords.backToFirstPage}
        </Link>
      )}
      {hasMore && last && !isRunning && (
        <Link
          href={inventoryAddress({ ...filter, after: last.variant_id }) as Route}
          className="underlined ms-auto text-link"
        >
          {inventoryPagesWords.nextVariants}
        </Link>
      )}
      {hasMore && isRunning && <span className="text-soft">{inventoryPagesWords.scrollForMoreVariants}</span>}
    </nav>
  )
}
