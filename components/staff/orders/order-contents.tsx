import { formatMoney } from '@/lib/domain/core/money'
import type { Order } from '@/lib/domain/orders/order'
import { nameOf } from '@/lib/domain/products/variant-name'
import { orderContentsWords } from './words'

/** Each line of an order with what became of its units. Renders a `<section>`. */
export function OrderContents({ order }: { order: Order }) {
  return (
    <section aria-labelledby="contents" className="grid gap-3">
      <h2 id="contents" className="display text-title">
        {orderContentsWords.items}
      </h2>
      <ul className="border-line border-t">
        {order.items.map((item) => (
          <li key={item.id} className="flex justify-between gap-6 border-line border-b py-3">
            <span>
              <span className="figures">{item.quantity} × </span>
              {nameOf(item)}
              <span className="figures block text-fine text-soft">
                {[
                  item.sku,
                  ...(item.fulfilled > 0 ? [orderContentsWords.fulfilled(item.fulfilled)] : []),
                  ...(item.cancelled > 0 ? [orderContentsWords.cancelled(item.cancelled)] : []),
                  ...(item.returned > 0 ? [orderContentsWords.returned(item.returned)] : []),
                ].join(' · ')}
              </span>
            </span>
            <span className="figures">
              {formatMoney({ minor: item.total_minor, currency: order.currency })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
