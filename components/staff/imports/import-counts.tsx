import { fieldName } from '@/lib/domain/imports/change-text'
import type { ImportSummary } from '@/lib/domain/imports/preview'
import { importCountsWords } from './words'

/** An import in numbers. Renders a `<dl>`. */
export function ImportCounts({ summary }: { summary: ImportSummary }) {
  const { products, variants, levels, units_in, units_out } = summary
  const fields = Object.entries(summary.fields).map(([field, times]) => `${fieldName(field)} ${times}×`)
  const units = { name: importCountsWords.unitsOnHand, value: `+${units_in} −${units_out}` }
  const isAboutUnits = levels.changed + levels.unchanged > 0
  const counts = isAboutUnits
    ? [{ name: importCountsWords.changedLevels, value: levels.changed }, units]
    : [
        { name: importCountsWords.newProducts, value: products.new },
        { name: importCountsWords.changedProducts, value: products.changed },
        { name: importCountsWords.newVariants, value: variants.new },
        { name: importCountsWords.changedVariants, value: variants.changed },
        { name: importCountsWords.unchanged, value: products.unchanged + variants.unchanged },
        units,
      ]
  return (
    <div className="grid gap-4">
      <dl className="flex flex-wrap gap-x-10 gap-y-4">
        {counts.map(({ name, value }) => (
          <div key={name} className="flex flex-col-reverse">
            <dt className="text-fine text-soft">{name}</dt>
            <dd className="figures font-semibold text-title">{value}</dd>
          </div>
        ))}
      </dl>
      {fields.length > 0 && !isAboutUnits && (
        <p className="text-small text-soft">
          {importCountsWords.existingItemsChanged} {fields.join(', ')}.
        </p>
      )}
    </div>
  )
}
