import { ActionForm } from '@/components/staff/forms/action-form'
import { fieldBox, labelText, primaryButton, quietButton } from '@/components/staff/forms/controls'
import { units } from '@/components/staff/shell/words'
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
    <section aria-labelledby="cancel-orders" className="grid gap-3">
      <h2 id="cancel-orders" className="display text-title">
        {cancelOrdersWords.cancelUnpaidOrders}
      </h2>
      <form method="get" className="flex flex-wrap items-end gap-3">
        {network && <input type="hidden" name="network" value={network} />}
        <label className="grid gap-1">
          <span className={labelText}>{cancelOrdersWords.eMailAddress}</span>
          <input name="email" type="email" defaultValue={found?.filter.email} className={fieldBox} />
        </label>
        <label className="grid gap-1">
          <span className={labelText}>{cancelOrdersWords.placedInTheLast}</span>
          <select name="hours" defaultValue={String(found?.filter.hours ?? '1')} className={fieldBox}>
            <option value="1">{cancelOrdersWords.hour}</option>
            <option value="24">{cancelOrdersWords.day}</option>
            <option value="168">{cancelOrdersWords.week}</option>
          </select>
        </label>
        <button type="submit" name="find" value="1" className={quietButton}>
          {cancelOrdersWords.findUnpaidOrders}
        </button>
      </form>
      {found && found.orders === 0 && (
        <p className="text-small">{cancelOrdersWords.noUnpaidOrdersMatchThis}</p>
      )}
      {found && found.orders > 0 && (
        <ActionForm
          action={cancelUnpaidOrders}
          fields={{ ...found.filter, expected: found.orders, at: found.at }}
          className="grid justify-items-start gap-3"
        >
          <p className="text-small">
            {found.orders === 1
              ? cancelOrdersWords.n1UnpaidOrder
              : cancelOrdersWords.unpaidOrders(found.orders)}
            : {units(found.units)}, {formatMoney({ minor: found.total_minor, currency })}
            {cancelOrdersWords.cancellingReleasesTheUnitsAnd}
          </p>
          <button type="submit" className={primaryButton}>
            {cancelOrdersWords.cancel}{' '}
            {found.orders === 1
              ? cancelOrdersWords.thisOrder
              : cancelOrdersWords.theseOrders(Math.min(200, found.orders))}
          </button>
        </ActionForm>
      )}
    </section>
  )
}
