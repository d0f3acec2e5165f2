import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import type { Location } from '@/lib/domain/stock/place'
import { RecountForm } from './recount-form'
import { TransferForm } from './transfer-form'
import { countAndMoveWords } from './words'

/** The two changes that need more than a number: counting a shelf, and carrying units to another location. */
export function CountAndMove({
  entry,
  own,
  locations,
}: {
  entry: InventoryEntry
  /** The locations that are theirs who looks at it. */
  own: readonly Location[]
  locations: readonly Location[]
}) {
  const others = locations.filter((location) => !own.includes(location))
  return (
    <div className="[&_*]:scroll-mb-24 grid gap-12 desktop:grid-cols-2">
      <section aria-labelledby="count" className="grid content-start gap-4">
        <h2 id="count" className="display text-title">
          {countAndMoveWords.count}
        </h2>
        <p className="max-w-prose text-small text-soft">{countAndMoveWords.countTheUnitsAndEnter}</p>
        {own.map((location) => (
          <RecountForm key={location.id} entry={entry} location={location} />
        ))}
        {others.map(({ id, name }) => (
          <p key={id} className="text-small text-soft">
            {name}
            {countAndMoveWords.viewOnly}
          </p>
        ))}
      </section>
      {own.length > 1 && (
        <section aria-labelledby="move" className="grid content-start gap-4">
          <h2 id="move" className="display text-title">
            {countAndMoveWords.transfer}{' '}
          </h2>
          <p className="max-w-prose text-small text-soft">{countAndMoveWords.unitsLeaveOneLocationAnd}</p>
          <TransferForm entry={entry} locations={own} />
        </section>
      )}
    </div>
  )
}
