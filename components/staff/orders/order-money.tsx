import { ActionForm } from '@/components/staff/forms/action-form'
import { primaryButton, quietButton } from '@/components/staff/forms/controls'
import { confirmOrder, takePayment } from '@/lib/actions/staff/order-desk'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import { orderMoneyWords, paymentWords } from './words'

/**
 * What an order costs and whether that is paid; taking the money where it is due, and keeping an unpaid order beyond its
 * deadline. Renders a `<section>`.
 */
export function OrderMoney({ order, mayTake }: { order: Order; mayTake: boolean }) {
  const { payment, currency, items, total_minor } = order
  const money = (minor: number) => formatMoney({ minor, currency })
  const due =
    total_minor - items.reduce((off, { cancelled, price_minor }) => off + cancelled * price_minor, 0)
  return (
    <section aria-labelledby="money" className="grid gap-3">
      <h2 id="money" className="display text-title">
        {orderMoneyWords.money}
      </h2>
      <dl className="grid gap-1 [&>div]:flex [&>div]:justify-between [&>div]:gap-6 [&_dd]:figures">
        <div>
          <dt>{orderMoneyWords.orderTotal}</dt>
          <dd>{money(total_minor)}</dd>
        </div>
        {due !== total_minor && (
          <div>
            <dt>{orderMoneyWords.afterCancellations}</dt>
            <dd>{money(due)}</dd>
          </div>
        )}
        <div>
          <dt>{paymentWords[payment.status]}</dt>
          <dd>{payment.status === 'captured' ? money(payment.captured_minor) : null}</dd>
        </div>
        {payment.refund_due_minor > 0 && (
          <div>
            <dt>{orderMoneyWords.refunded}</dt>
            <dd>
              {money(payment.refunded_minor)} {orderMoneyWords.ofIt} {money(payment.refund_due_minor)}
            </dd>
          </div>
        )}
      </dl>
      {mayTake && payment.status === 'due' && (
        <ActionForm action={takePayment} fields={{ order_id: order.order_id }}>
          <button type="submit" className={primaryButton}>
            {orderMoneyWords.mark} {money(due)} {orderMoneyWords.asPaid}
          </button>
        </ActionForm>
      )}
      {mayTake && payment.status === 'due' && payment.deadline && (
        <ActionForm action={confirmOrder} fields={{ order_id: order.order_id }}>
          <p className="max-w-prose text-small">
            {orderMoneyWords.ifUnpaidThisOrderIs}{' '}
            <time dateTime={payment.deadline} className="figures">
              {shopTime(payment.deadline)}
            </time>
            {orderMoneyWords.confirmTheOrderToKeep}
          </p>
          <button type="submit" className={quietButton}>
            {orderMoneyWords.confirmOrder}
          </button>
        </ActionForm>
      )}
    </section>
  )
}
