import type { Metadata } from 'next'
import { InventoryList } from '@/components/staff/grid/inventory-list'
import { UndoProvider } from '@/components/staff/shell/undo'
import { StaffPage } from '@/components/ui/layout/page'
import { Heading } from '@/components/ui/text/heading'
import { ownLocations } from '@/lib/domain/people/staff'
import { InventoryFilter, listedLocations } from '@/lib/domain/stock/inventory'
import { actorNames } from '@/lib/server/people/staff'
import { requireStaff } from '@/lib/server/session/session'
import { leadToSetup } from '@/lib/server/settings/start'
import { bandCounts, searchInventory } from '@/lib/server/stock/inventory'
import { activeLocations, allCategories } from '@/lib/server/stock/locations'
import { pageWords } from './words'

export const instant = false

export const metadata: Metadata = { title: pageWords.inventory }

export default async function InventoryRoute({ searchParams }: PageProps<'/staff'>) {
  const member = await requireStaff('viewer')
  await leadToSetup(member)
  const filter = InventoryFilter.parse(await searchParams)
  const places = activeLocations()
  const [locations, page, counts, categories, names] = await Promise.all([
    places,
    places.then((all) =>
      searchInventory(filter, listedLocations(all, filter.location, ownLocations(member, all))),
    ),
    bandCounts(),
    allCategories(),
    actorNames(),
  ])
  return (
    <StaffPage gap={6}>
      <Heading level={1}>{pageWords.inventory}</Heading>
      <UndoProvider locations={locations}>
        <InventoryList
          first={page}
          filter={filter}
          counts={counts}
          locations={locations}
          categories={categories}
          names={names}
          rights={member}
        />
      </UndoProvider>
    </StaffPage>
  )
}
