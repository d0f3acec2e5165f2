import type { Metadata } from 'next'
import { InventoryFilterForm } from '@/components/staff/inventory-filter-form'
import { InventoryPages } from '@/components/staff/inventory-pages'
import { InventoryTable } from '@/components/staff/inventory-table'
import { PostedAnswer } from '@/components/staff/posted-answer'
import { InventoryFilter } from '@/lib/domain/inventory'
import { shelfOf } from '@/lib/domain/shelf'
import { roleReaches } from '@/lib/domain/staff'
import { StockAnswer } from '@/lib/domain/stock-request'
import { readFlash } from '@/lib/server/flash'
import { searchInventory } from '@/lib/server/inventory'
import { firstValue } from '@/lib/server/live'
import { activeLocations, allCategories } from '@/lib/server/locations'
import { requireStaff } from '@/lib/server/session'

export const instant = false

export const metadata: Metadata = { title: 'Inventory' }

export default async function InventoryRoute({ searchParams }: PageProps<'/staff'>) {
  const member = await requireStaff('viewer')
  const filter = InventoryFilter.parse(await searchParams)
  const [page, locations, categories] = await Promise.all([
    searchInventory(filter),
    activeLocations(),
    allCategories(),
  ])
  const shelf = await firstValue(shelfOf(page.entries.map(({ product_id }) => product_id)))
  const shown = filter.location ? locations.filter(({ id }) => id === filter.location) : locations
  return (
    <main className="page grid gap-6 py-8">
      <h1 className="display text-heading">Inventory</h1>
      <PostedAnswer answer={await readFlash(StockAnswer)} locations={locations} />
      <InventoryFilterForm filter={filter} locations={locations} categories={categories} />
      {page.entries.length === 0 ? (
        <p className="py-12 text-lead text-soft">Nothing matches. Try fewer words, or another filter.</p>
      ) : (
        <InventoryTable
          entries={page.entries}
          shelf={shelf}
          locations={shown}
          mayAdjust={roleReaches(member.role, 'stock')}
        />
      )}
      <InventoryPages filter={filter} {...page} />
    </main>
  )
}
