import { Button } from '@/components/ui/actions/button'
import { SelectField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import type { Location } from '@/lib/domain/stock/place'
import { exportSectionWords } from './words'

/** The files that leave the shop. Renders a `<div>` with a form for each: a browser saves what it answers. */
export function ExportSection({ locations }: { locations: readonly Location[] }) {
  return (
    <Stack gap={8} columns={2}>
      <Stack as="form" gap={3} atTop action="/staff/export/inventory.csv">
        <Heading level={2}>{exportSectionWords.exportInventory}</Heading>
        <Text size="small" tone="soft">
          {exportSectionWords.oneLinePerVariantAnd}
        </Text>
        <Row align="end">
          <SelectField label={exportSectionWords.location} name="location">
            <option value="">{exportSectionWords.allLocations}</option>
            {locations.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </SelectField>
          <Button>{exportSectionWords.downloadInventoryCsv}</Button>
        </Row>
      </Stack>
      <Stack as="form" gap={3} atTop action="/staff/export/products.csv">
        <Heading level={2}>{exportSectionWords.exportProducts}</Heading>
        <Text size="small" tone="soft">
          {exportSectionWords.textsPricesAndPicturesOf}
        </Text>
        <div>
          <Button>{exportSectionWords.downloadProductCsv}</Button>
        </div>
      </Stack>
    </Stack>
  )
}
