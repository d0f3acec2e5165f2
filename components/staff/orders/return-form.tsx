import { ActionForm } from '@/components/staff/forms/action-form'
import { LocationSelect } from '@/components/staff/forms/location-select'
import { Button } from '@/components/ui/actions/button'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { returnItems } from '@/lib/actions/staff/order-desk'
import type { Order } from '@/lib/domain/orders/order'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { Location } from '@/lib/domain/stock/place'
import { returnFormWords } from './words'

const outcomes = [
  { value: 'restock', label: returnFormWords.restock },
  { value: 'damaged', label: returnFormWords.damaged },
  { value: 'inspect', label: returnFormWords.inspectLater },
]

/** The return of fulfilled items, with the condition of each. Renders a `<section>`, or nothing while no item is fulfilled. */
export function ReturnForm({ order, locations }: { order: Order; locations: readonly Location[] }) {
  const out = order.items.filter(({ fulfilled, returned }) => fulfilled > returned)
  if (out.length === 0) return null
  return (
    <Section id="return" title={returnFormWords.acceptReturn}>
      <ActionForm
        action={returnItems}
        fields={{ order_id: order.order_id }}
        locations={locations}
        label={returnFormWords.acceptReturn}
        layout="fields"
      >
        <Stack as="ul" gap={4}>
          {out.map(({ id, fulfilled, returned, ...item }) => (
            <li key={id} className="grid grid-cols-[auto_5rem_1fr] items-end gap-x-3 gap-y-1">
              <p className="col-span-3">{nameOf(item)}</p>
              <span className="figures self-center text-small text-soft">
                {fulfilled - returned} {returnFormWords.fulfilled}
              </span>
              <TextField
                label={returnFormWords.units}
                key={returned}
                name={`units:${id}`}
                type="number"
                min={0}
                max={fulfilled - returned}
                defaultValue={0}
                content="units"
              />
              <SelectField label={returnFormWords.condition} name={`outcome:${id}`}>
                {outcomes.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </SelectField>
            </li>
          ))}
        </Stack>
        <Row align="end">
          <LocationSelect
            label={returnFormWords.returnedTo}
            locations={locations}
            chosen={order.collect_at ?? undefined}
          />
          <Button>{returnFormWords.acceptReturn}</Button>
        </Row>
      </ActionForm>
    </Section>
  )
}
