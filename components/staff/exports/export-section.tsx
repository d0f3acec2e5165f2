import { Button } from '@/components/ui/actions/button'
import { SelectField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import type { Location } from '@/lib/domain/stock/place'
import { ExportForm } from './export-form'
import { exportSectionWords as words } from './words'

/** The files of stock and products. Renders a `<div>` with a form for each. */
export function ExportSection({ locations }: { locations: readonly Location[] }) {
  return (
    <Stack gap={8} columns={2}>
      <ExportForm file="inventory" title={words.exportInventory} about={words.oneLinePerVariantAnd}>
        <Row align="end">
          <SelectField label={words.location} name="location">
            <option value="">{words.allLocations}</option>
            {locations.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </SelectField>
          <Button>{words.downloadInventoryCsv}</Button>
        </Row>
      </ExportForm>
      <ExportForm file="products" title={words.exportProducts} about={words.textsPricesAndPicturesOf}>
        <div>
          <Button>{words.downloadProductCsv}</Button>
        </div>
      </ExportForm>
    </Stack>
  )
}
