import { ActionForm } from '@/components/staff/forms/action-form'
import { fieldBox, labelText, primaryButton, quietButton } from '@/components/staff/forms/controls'
import { keptByOthersWords, placeName, units } from '@/components/staff/shell/words'
import { inspectReturn, refundOrder, settleShorts } from '@/lib/actions/staff/order-desk'
import { formatMoney } from '@/lib/domain/core/money'
import type { DeskOrder } from '@/lib/domain/orders/order-desk'
import { isKeptByOthers, mayChangeStockAt, roleReaches, type StockRights } from '@/lib/domain/people/staff'
import type { Location } from '@/lib/domain/stock/place'
import { troublesWords, troubleWords } from './words'

/**
 * Problems of an order that need a decision, each with its form. Renders a `<section>`, or nothing without problems.
 */
export function Troubles({
  desk: { entry, order, setAside },
  rights,
  locations,
}: {
  desk: DeskOrder
  rights: StockRights
  locations: readonly Location[]
}) {
  if (entry.troubles.length === 0) return null
  const { payment, currency } = order
  const due = formatMoney({ minor: payment.refund_due_minor - payment.refunded_minor, currency })
  const mayPack = roleReaches(rights.role, 'stock')
  const has = (trouble: (typeof entry.troubles)[number]) => entry.troubles.includes(trouble)
  return (
    <section
      aria-labelledby="trouble"
      className="grid gap-5 rounded-small border border-low bg-raised px-4 py-4 tablet:px-5"
    >
      <h2 id="trouble" className="display text-title">
        {troublesWords.needsAttention}
      </h2>
      {has('short') && (
        <div className="grid gap-2">
          <p>
            <strong>{troubleWords.short}.</strong> {troublesWords.theOrderPageShowsWhat}{' '}
            <span className="wrap-anywhere text-soft">
              {[order.phone, order.email].filter(Boolean).join(', ')}
            </span>
          </p>
          {mayPack && (
            <ActionForm action={settleShorts} fields={{ order_id: order.order_id }}>
              <button type="submit" className={quietButton}>
                {troublesWords.markCustomerAsTold}
              </button>
            </ActionForm>
          )}
        </div>
      )}
      {has('refund_due') && (
        <div className="grid gap-2">
          <p>
            <strong>{troubleWords.refund_due}:</strong> <span className="figures">{due}</span>
            {payment.provider === 'on_collection'
              ? troublesWords.atTheCounter
              : troublesWords.throughThePaymentProvider}
          </p>
          {roleReaches(rights.role, 'manager') ? (
            <ActionForm action={refundOrder} fields={{ order_id: order.order_id }}>
              <button type="submit" className={primaryButton}>
                {payment.provider === 'on_collection'
                  ? troublesWords.markAsRefunded(due)
                  : troublesWords.refund(due)}
              </button>
            </ActionForm>
          ) : (
            <p className="text-small text-soft">{troublesWords.onlyManagersCanRefund}</p>
          )}
        </div>
      )}
      {has('no_answer') && (
        <p>
          <strong>{troubleWords.no_answer}.</strong> {troublesWords.itIsCancelledAutomaticallyWhen}
        </p>
      )}
      {setAside.map((aside) => (
        <div key={aside.id} className="grid gap-2">
          <p>
            <strong>{troubleWords.inspect}:</strong> {units(aside.quantity)} {troublesWords.ofIt}{' '}
            {order.items.find(({ id }) => id === aside.order_item_id)?.title}
            {troublesWords.at} {placeName(aside.location_id, locations)}.
          </p>
          {isKeptByOthers(rights, aside.location_id) && (
            <p className="text-small text-soft">{keptByOthersWords(aside.location_id, locations)}</p>
          )}
          {mayChangeStockAt(rights, aside.location_id) && (
            <ActionForm
              action={inspectReturn}
              fields={{ return_id: aside.id }}
              locations={locations}
              label={troublesWords.inspectReturn}
              className="flex flex-wrap items-end gap-3"
            >
              <label className="grid gap-1">
                <span className={labelText}>{troublesWords.unitsToRestock}</span>
                <input
                  name="restocked"
                  type="number"
                  min={0}
                  max={aside.quantity}
                  defaultValue={aside.quantity}
                  required
                  className={`${fieldBox} figures w-24 text-right`}
                />
              </label>
              <button type="submit" className={quietButton}>
                {troublesWords.restockTheseWriteOffThe}
              </button>
            </ActionForm>
          )}
        </div>
      ))}
    </section>
  )
}
