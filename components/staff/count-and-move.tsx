import { randomUUID } from 'node:crypto'
import type { InventoryEntry } from '@/lib/domain/inventory'
import type { Location } from '@/lib/domain/place'
import { RecountForm } from './recount-form'
import { TransferForm } from './transfer-form'

/** The two changes that need more than a number: counting a shelf, and carrying units to another location. */
export function CountAndMove({
  entry,
  locations,
}: {
  entry: InventoryEntry
  locations: readonly Location[]
}) {
  return (
    <div className="grid gap-12 desktop:grid-cols-2">
      <section aria-labelledby="count" className="grid content-start gap-4">
        <h2 id="count" className="display text-title">
          Count
        </h2>
        <p className="max-w-prose text-small text-soft">
          Count what is there and type it in. If something moves while you count, you see what, and decide.
        </p>
        {locations.map((location) => (
          <RecountForm key={location.id} entry={entry} location={location} firstKey={randomUUID()} />
        ))}
      </section>
      {locations.length > 1 && (
        <section aria-labelledby="move" className="grid content-start gap-4">
          <h2 id="move" className="display text-title">
            Move
          </h2>
          <p className="max-w-prose text-small text-soft">
            Units leave one location and arrive at the other at once.
          </p>
          <TransferForm entry={entry} locations={locations} firstKey={randomUUID()} />
        </section>
      )}
    </div>
  )
}
