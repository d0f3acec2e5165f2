'use client'

import { useSearchParams } from 'next/navigation'
import { Button } from '@/components/ui/actions/button'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { Text } from '@/components/ui/text/text'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
import { useInventoryList } from '@/lib/client/documents/use-inventory-list'
import { ownLocations, type StockRights } from '@/lib/domain/people/staff'
import {
  type BandCounts,
  InventoryFilter,
  type InventoryPage,
  listedLocations,
} from '@/lib/domain/stock/inventory'
import type { Category, Location } from '@/lib/domain/stock/place'
import { BandLinks } from './filter/band-links'
import { InventoryFilterForm } from './filter/inventory-filter-form'
import { InventoryGrid } from './inventory-grid'
import { InventoryPages } from './inventory-pages'
import { inventoryListWords } from './words'

/**
 * Every variant that the shop counts, narrowed by the address. The server renders the first page, with links to the
 * next; in the browser it is one list, searched while typing and loaded while scrolling.
 */
export function InventoryList({
  first,
  filter: firstFilter,
  counts,
  locations,
  categories,
  names,
  rights,
}: {
  first: InventoryPage
  filter: InventoryFilter
  counts: BandCounts
  locations: readonly Location[]
  categories: readonly Category[]
  names: Readonly<Record<string, string>>
  rights: StockRights
}) {
  const filter = InventoryFilter.parse(Object.fromEntries(useSearchParams()))
  const shown = listedLocations(locations, filter.location, ownLocations(rights, locations))
  const list = useInventoryList(filter, shown, first, firstFilter)

  return (
    <>
      <BandLinks filter={filter} counts={counts} />
      <InventoryFilterForm
        filter={filter}
        locations={locations}
        categories={categories}
        isSearching={list.isSearching}
      />
      <VisuallyHidden as="p" role="status">
        {list.isSearching ? inventoryListWords.searching : counted(list)}
      </VisuallyHidden>
      {!filter.location && shown.length < locations.length && (
        <Text size="small" tone="soft">
          {inventoryListWords.firstLocations(shown.length, locations.length)}
        </Text>
      )}
      {list.entries.length === 0 ? (
        <EmptyState isPage>{inventoryListWords.noVariantsMatchTryFewer}</EmptyState>
      ) : (
        <InventoryGrid
          entries={list.entries}
          locations={shown}
          names={names}
          rights={rights}
          hasMore={list.hasMore}
          {...(!list.hasFailed && { onNearEnd: list.more })}
        />
      )}
      {list.hasFailed && (
        <p role="alert" className="flex flex-wrap items-center gap-4 text-danger text-small">
          {inventoryListWords.weCouldntLoadTheRest}
          <Button type="button" onClick={list.more}>
            {inventoryListWords.tryAgain}
          </Button>
        </p>
      )}
      <InventoryPages filter={filter} {...list} />
    </>
  )
}

/** "3 variants", "50 variants or more". */
function counted({ entries, hasMore }: InventoryPage): string {
  return `${entries.length} ${entries.length === 1 ? 'variant' : 'variants'}${hasMore ? inventoryListWords.orMore : ''}`
}
