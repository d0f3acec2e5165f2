import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { OnItsWay } from '@/components/receiving/on-its-way'
import { CountAndMove } from '@/components/staff/count-and-move'
import { InventoryGrid } from '@/components/staff/grid/inventory-grid'
import { MovementList } from '@/components/staff/movement-list'
import { PostedAnswer } from '@/components/staff/posted-answer'
import { UndoProvider } from '@/components/staff/undo'
import { VariantHeading } from '@/components/staff/variant-heading'
import { inTransitOf } from '@/lib/domain/delivery'
import { movementsOf } from '@/lib/domain/live/stock-queries'
import { Posted } from '@/lib/domain/posted'
import { ownLocations } from '@/lib/domain/staff'
import { nameOf } from '@/lib/domain/variant-name'
import { readFlash } from '@/lib/server/flash'
import { inventoryEntry } from '@/lib/server/inventory'
import { firstValue } from '@/lib/server/live'
import { activeLocations } from '@/lib/server/locations'
import { namedDocuments } from '@/lib/server/named-documents'
import { currentAccessToken, requireStaff } from '@/lib/server/session'
import { actorNames } from '@/lib/server/staff'
import { refusedTransfers } from '@/lib/server/stock-answers'

export const instant = false

type Props = PageProps<'/staff/variants/[variant]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const entry = await entryOf(params)
  return { title: entry ? nameOf(entry) : 'Unknown variant' }
}

export default async function VariantRoute({ params }: Props) {
  const member = await requireStaff('viewer')
  const entry = await entryOf(params)
  if (!entry) notFound()
  const token = await currentAccessToken()
  const [locations, names, movements, travelling] = await Promise.all([
    activeLocations(),
    actorNames(),
    firstValue(movementsOf(entry.variant_id), token),
    firstValue(inTransitOf(entry.variant_id), token),
  ])
  const documents = await namedDocuments(movements.flatMap(({ document }) => document ?? []))
  const own = ownLocations(member, locations)
  return (
    <main className="page grid gap-12 py-8">
      <VariantHeading entry={entry} />
      <PostedAnswer answer={await readFlash(Posted)} locations={locations} />
      <UndoProvider locations={locations}>
        <InventoryGrid
          entries={[entry]}
          locations={locations}
          names={names}
          rights={member}
          keys={{ [entry.variant_id]: locations.map(() => randomUUID()) }}
        />
        <OnItsWay variantId={entry.variant_id} first={travelling} locations={locations} />
        {own.length > 0 && (
          <CountAndMove
            entry={entry}
            own={own}
            locations={locations}
            posted={await refusedTransfers.left()}
          />
        )}
      </UndoProvider>
      <MovementList
        variantId={entry.variant_id}
        first={movements}
        documents={documents}
        locations={locations}
        names={names}
      />
    </main>
  )
}

async function entryOf(params: Props['params']) {
  const id = z.guid().safeParse((await params).variant)
  return id.success ? inventoryEntry(id.data) : null
}
