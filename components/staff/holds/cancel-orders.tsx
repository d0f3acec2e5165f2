import { fieldBox, labelText, primaryButton, quietButton } from '@/components/staff/forms/controls'
import { units } from '@/components/staff/shell/words'
import { cancelFoundOrders } from '@/lib/actions/staff/hold-desk'
import { formatMoney } from '@/lib/domain/core/money'
import type { OrderFilter } from '@/lib/domain/holds/hold-desk'

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
  firstKey,
}: {
  found: FoundOrders | null
  network: string | undefined
  currency: string
  firstKey: string
}) {
  return (
    <section aria-labelledby="cancel-orders" className="grid gap-3">
      <h2 id="cancel-orders" className="display text-title">
        Cancel unpaid orders
      </h2>
      <form method="get" className="flex flex-wrap items-end gap-3">
        {network && <input type="hidden" name="network" value={network} />}
        <label className="grid gap-1">
          <span className={labelText}>E-mail address</span>
          <input name="email" type="email" defaultValue={found?.filter.email} className={fieldBox} />
        </label>
        <label className="grid gap-1">
          <span className={labelText}>Placed in the last</span>
          <select name="hours" defaultValue={String(found?.filter.hours ?? '1')} className={fieldBox}>
            <option value="1">hour</option>
            <option value="24">day</option>
            <option value="168">week</option>
          </select>
        </label>
        <button type="submit" name="find" value="1" className={quietButton}>
          Find unpaid orders
        </button>
      </form>
      {found && found.orders === 0 && <p className="text-small">No unpaid orders match this filter.</p>}
      {found && found.orders > 0 && (
        <form action={cancelFoundOrders} className="grid justify-items-start gap-3">
          <p className="text-small">
            {found.orders === 1 ? '1 unpaid order' : `${found.orders} unpaid orders`}: {units(found.units)},{' '}
            {formatMoney({ minor: found.total_minor, currency })}. Cancelling releases the units and cannot be
            undone. At most 200 orders are cancelled at a time.
          </p>
          {Object.entries(found.filter).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={String(value)} />
          ))}
          <input type="hidden" name="expected" value={found.orders} />
          <input type="hidden" name="at" value={found.at} />
          <input type="hidden" name="idempotency_key" value={firstKey} />
          <button type="submit" className={primaryButton}>
            Cancel {found.orders === 1 ? 'this order' : `these ${Math.min(200, found.orders)} orders`}
          </button>
        </form>
      )}
    </section>
  )
}
