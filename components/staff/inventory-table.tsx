import { randomUUID } from 'node:crypto'
import type { InventoryEntry } from '@/lib/domain/inventory'
import type { Location } from '@/lib/domain/place'
import type { ShelfRow } from '@/lib/domain/shelf'
import { InventoryGroup } from './inventory-group'
import { LevelHeadings } from './level-cells'

/** Variants with their units at each location, live. Renders a `<table>`; on a small screen its rows become cards. */
export function InventoryTable({
  entries,
  shelf,
  locations,
  mayAdjust,
}: {
  entries: readonly InventoryEntry[]
  shelf: readonly ShelfRow[]
  locations: readonly Location[]
  mayAdjust: boolean
}) {
  return (
    <table className="w-full border-collapse text-small max-desktop:block">
      <caption className="sr-only">Units of each variant at each location</caption>
      <thead className="max-desktop:sr-only">
        <tr className="border-line border-b text-left text-fine text-soft [&>th]:py-2 [&>th]:font-normal">
          <th scope="col">Variant</th>
          <th scope="col">Location</th>
          <LevelHeadings />
          {mayAdjust && (
            <th scope="col" className="ps-8">
              Adjust
            </th>
          )}
        </tr>
      </thead>
      {entries.map((entry) => (
        <InventoryGroup
          key={entry.variant_id}
          entry={entry}
          shelf={shelf.filter(({ product_id }) => product_id === entry.product_id)}
          locations={locations}
          // One key a form: what is posted twice without JavaScript is booked once.
          keys={mayAdjust ? locations.map(() => randomUUID()) : []}
        />
      ))}
    </table>
  )
}
