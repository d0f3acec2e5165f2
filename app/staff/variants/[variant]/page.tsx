import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { variantPageWords } from '@/app/staff/variants/words'
import { ScanToInventory } from '@/components/staff/codes/scan-to-inventory'
import { UnitsInTransit } from '@/components/staff/deliveries/units-in-transit'
import { InventoryGrid } from '@/components/staff/grid/inventory-grid'
import { UndoProvider } from '@/components/staff/shell/undo'
import { LevelForms } from '@/components/staff/stock/level-forms'
import { MovementList } from '@/components/staff/stock/movement-list'
import { VariantHeading } from '@/components/staff/stock/variant-heading'
import { VariantWaitlist } from '@/components/staff/waitlist/variant-waitlist'
import { StaffPage } from '@/components/ui/layout/page'
import { inTransitOf } from '@/lib/domain/deliveries/delivery'
import { ownLocations } from '@/lib/domain/people/staff'
import { nameOf } from '@/lib/domain/products/variant-name'
import { movementsOf } from '@/lib/domain/stock/live'
import { waitlistLengthOf } from '@/lib/domain/waitlist/live'
import { actorNames } from '@/lib/server/people/staff'
import { firstValue } from '@/lib/server/platform/live'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'
import { inventoryEntry } from '@/lib/server/stock/inventory'
import { activeLocations } from '@/lib/server/stock/locations'
import { readWaitlist } from '@/lib/server/waitlist/waitlist'

export const instant = false

type Props = PageProps<'/staff/variants/[variant]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireStaff('viewer')
  const entry = await entryOf(params)
  return { title: entry ? nameOf(entry) : variantPageWords.unknownVariant }
}

export default async function VariantRoute({ params }: Props) {
  const member = await requireStaff('viewer')
  const entry = await entryOf(params)
  if (!entry) notFound()
  const token = await currentAccessToken()
  const [locations, names, movements, travelling, line, lineLength] = await Promise.all([
    activeLocations(),
    actorNames(),
    firstValue(movementsOf(entry.variant_id), token),
    firstValue(inTransitOf(entry.variant_id), token),
    readWaitlist(entry.variant_id),
    firstValue(waitlistLengthOf(entry.variant_id), token),
  ])
  const own = ownLocations(member, locations)
  return (
    <StaffPage gap={12}>
      <ScanToInventory />
      <VariantHeading entry={entry} />
      <UndoProvider locations={locations}>
        <InventoryGrid entries={[entry]} locations={locations} names={names} rights={member} />
        <UnitsInTransit variantId={entry.variant_id} first={travelling} locations={locations} />
        {own.length > 0 && <LevelForms entry={entry} own={own} locations={locations} />}
      </UndoProvider>
      <VariantWaitlist variantId={entry.variant_id} line={line} first={lineLength} />
      <MovementList
        variantId={entry.variant_id}
        first={movements}
        locations={locations}
        names={names}
        role={member.role}
      />
    </StaffPage>
  )
}

async function entryOf(params: Props['params']) {
  const id = z.guid().safeParse((await params).variant)
  return id.success ? inventoryEntry(id.data) : null
}
