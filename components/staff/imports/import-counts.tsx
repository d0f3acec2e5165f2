import { Fact, Facts } from '@/components/ui/data/facts'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
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
    <Stack gap={4}>
      <Facts layout="figures">
        {counts.map(({ name, value }) => (
          <Fact key={name} name={name} size="fine" isFigure>
            {value}
          </Fact>
        ))}
      </Facts>
      {fields.length > 0 && !isAboutUnits && (
        <Text size="small" tone="soft">
          {importCountsWords.existingItemsChanged} {fields.join(', ')}.
        </Text>
      )}
    </Stack>
  )
}
