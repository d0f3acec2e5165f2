import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import type { Location } from '@/lib/domain/stock/place'
import { RecountForm } from './recount-form'
import { SafetyForm } from './safety-form'
import { TransferForm } from './transfer-form'
import { levelFormsWords } from './words'

/** The changes that need more than a number: counting a shelf, keeping units back, and carrying units elsewhere. */
export function LevelForms({
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
      <Section id="count" title={levelFormsWords.count} atTop>
        <Text size="small" tone="soft" prose>
          {levelFormsWords.countTheUnitsAndEnter}
        </Text>
        {own.map((location) => (
          <RecountForm key={location.id} entry={entry} location={location} />
        ))}
        {others.map(({ id, name }) => (
          <Text key={id} size="small" tone="soft">
            {name}
            {levelFormsWords.viewOnly}
          </Text>
        ))}
      </Section>
      <Section id="safety" title={levelFormsWords.safetyStock} atTop>
        <Text size="small" tone="soft" prose>
          {levelFormsWords.unitsThatAreNotForSale}
        </Text>
        {own.map((location) => (
          <SafetyForm key={location.id} entry={entry} location={location} />
        ))}
      </Section>
      {own.length > 1 && (
        <Section id="move" title={<>{levelFormsWords.transfer} </>} atTop>
          <Text size="small" tone="soft" prose>
            {levelFormsWords.unitsLeaveOneLocationAnd}
          </Text>
          <TransferForm entry={entry} locations={own} />
        </Section>
      )}
    </div>
  )
}
