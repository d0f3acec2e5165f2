import { fieldName } from '@/lib/domain/imports/change-text'
import type { ImportSummary } from '@/lib/domain/imports/preview'

/** An import in numbers. Renders a `<dl>`. */
export function ImportCounts({ summary }: { summary: ImportSummary }) {
  const { products, variants, levels, units_in, units_out } = summary
  const fields = Object.entries(summary.fields).map(([field, times]) => `${fieldName(field)} ${times}×`)
  const units = { name: 'Units on hand', value: `+${units_in} −${units_out}` }
  const isAboutUnits = levels.changed + levels.unchanged > 0
  const counts = isAboutUnits
    ? [{ name: 'Changed levels', value: levels.changed }, units]
    : [
        { name: 'New products', value: products.new },
        { name: 'Changed products', value: products.changed },
        { name: 'New variants', value: variants.new },
        { name: 'Changed variants', value: variants.changed },
        { name: 'Unchanged', value: products.unchanged + variants.unchanged },
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
        <p className="text-small text-soft">Existing items changed: {fields.join(', ')}.</p>
      )}
    </div>
  )
}
