import { ActionForm } from '@/components/staff/forms/action-form'
import { units } from '@/components/staff/shell/words'
import { Button } from '@/components/ui/actions/button'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { cancelUnpaidOrders } from '@/lib/actions/staff/hold-desk'
import { formatMoney } from '@/lib/domain/core/money'
import type { OrderFilter } from '@/lib/domain/holds/hold-desk'
import { cancelOrdersWords } from './words'

export interface FoundOrders {
  filter: OrderFilter
  orders: number
  units: number
  total_minor: number
  at: number
}

/** Finds unpaid orders by a filter, says how many there are, and cancels them once that is confirmed. Renders a `<section>`. */
export function CancelOrders({
  found,
  network,
  currency,
}: {
  found: FoundOrders | null
  network: string | undefined
  currency: string
}) {
  return (
    <Section id="cancel-orders" title={cancelOrdersWords.cancelUnpaidOrders} gap={3}>
      <Row as="form" align="end" method="get">
        {network && <input type="hidden" name="network" value={network} />}
        <TextField
          label={cancelOrdersWords.eMailAddress}
          name="email"
          type="email"
          defaultValue={found?.filter.email}
        />
        <SelectField
          label={cancelOrdersWords.placedInTheLast}
          name="hours"
          defaultValue={String(found?.filter.hours ?? '1')}
        >
          <option value="1">{cancelOrdersWords.hour}</option>
          <option value="24">{cancelOrdersWords.day}</option>
          <option value="168">{cancelOrdersWords.week}</option>
        </SelectField>
        <Button name="find" value="1">
          {cancelOrdersWords.findUnpaidOrders}
        </Button>
      </Row>
      {found && found.orders === 0 && <Text size="small">{cancelOrdersWords.noUnpaidOrdersMatchThis}</Text>}
      {found && found.orders > 0 && (
        <ActionForm
          action={cancelUnpaidOrders}
          fields={{ ...found.filter, expected: found.orders, at: found.at }}
          className="grid justify-items-start gap-3"
        >
          <Text size="small">
            {found.orders === 1
              ? cancelOrdersWords.n1UnpaidOrder
              : cancelOrdersWords.unpaidOrders(found.orders)}
            : {units(found.units)}, {formatMoney({ minor: found.total_minor, currency })}
            {cancelOrdersWords.cancellingReleasesTheUnitsAnd}
          </Text>
          <Button kind="primary">
            {cancelOrdersWords.cancel}{' '}
            {found.orders === 1
              ? cancelOrdersWords.thisOrder
              : cancelOrdersWords.theseOrders(Math.min(200, found.orders))}
          </Button>
        </ActionForm>
      )}
    </Section>
  )
}
