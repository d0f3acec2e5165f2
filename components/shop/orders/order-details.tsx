import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import { calledOffMinor } from '@/lib/domain/orders/order-rules'
import { eventWords, orderDetailsWords } from './words'

/** The items of an order, as they were when it was placed. Renders a `<section>`. */
export function OrderLines({ order }: { order: Order }) {
  const money = (minor: number) => formatMoney({ minor, currency: order.currency })
  const calledOff = calledOffMinor(order)
  return (
    <section aria-labelledby="lines">
      <h2 id="lines" className="display text-title">
        {orderDetailsWords.items}
      </h2>
      <ul className="mt-4 border-line border-t">
        {order.items.map((item) => (
          <li key={item.id} className="flex justify-between gap-6 border-line border-b py-3">
            <span>
              <span className="figures">{item.quantity} × </span>
              {item.title}
              <span className="block text-small text-soft">
                {[
                  ...item.option_values,
                  ...(item.fulfilled > 0
                    ? [
                        order.delivery === 'collection'
                          ? orderDetailsWords.collected(item.fulfilled)
                          : orderDetailsWords.sent(item.fulfilled),
                      ]
                    : []),
                  ...(item.cancelled > 0 ? [orderDetailsWords.cancelled(item.cancelled)] : []),
                  ...(item.returned > 0 ? [orderDetailsWords.returned(item.returned)] : []),
                ].join(' · ')}
              </span>
            </span>
            <span className="figures">{money(item.total_minor)}</span>
          </li>
        ))}
      </ul>
      {calledOff > 0 && (
        <p className="mt-4 flex items-baseline justify-between gap-6">
          <span>{orderDetailsWords.cancelledItems}</span>
          <span className="figures">{money(-calledOff)}</span>
        </p>
      )}
      <p className="mt-4 flex items-baseline justify-between gap-6 text-title">
        <span>{orderDetailsWords.total}</span>
        <span className="figures">{money(order.total_minor - calledOff)}</span>
      </p>
      <p className="figures text-right text-fine text-soft">
        {calledOff > 0
          ? orderDetailsWords.originallyIncludes(money(order.total_minor))
          : orderDetailsWords.includes}{' '}
        {money(order.tax_minor)} {orderDetailsWords.vat}
      </p>
    </section>
  )
}

/** The events of an order, oldest first. Renders a `<section>`. */
export function OrderTimeline({ order }: { order: Order }) {
  const events = order.events.flatMap(({ at, ...event }) => {
    const words = eventWords({ at, ...event }, order)
    return words ? [{ at, words }] : []
  })
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline" className="display text-title">
        {orderDetailsWords.orderHistory}
      </h2>
      <ol className="mt-4 grid gap-3 border-line border-l pl-5">
        {events.map(({ at, words }) => (
          <li key={`${at} ${words}`}>
            {words}
            <time dateTime={at} className="figures block text-fine text-soft">
              {shopTime(at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  )
}
