import type { Route } from 'next'
import { LineList } from '@/components/ui/layout/line-list'
import { Link } from '@/components/ui/link'
import { Text } from '@/components/ui/text/text'
import { formatMoney } from '@/lib/domain/core/money'
import { shopDay } from '@/lib/domain/core/shop-time'
import type { OwnOrder } from '@/lib/domain/orders/own-order'
import { orderListWords, statusWords } from './words'

/** The orders of an account, latest first. Renders a `<ul>`. */
export function OrderList({ orders }: { orders: readonly OwnOrder[] }) {
  return (
    <LineList>
      {orders.map((order) => (
        <li key={order.id} className="border-line border-b">
          <Link
            href={`/orders/${order.id}` as Route}
            className="group grid grid-cols-[1fr_auto] gap-x-6 gap-y-1 py-5 tablet:grid-cols-[10rem_1fr_auto]"
          >
            <span className="figures text-small text-soft max-tablet:col-span-2">
              {orderListWords.order} {order.number}
              <span className="tablet:block max-tablet:before:content-['_·_']">
                {shopDay(order.created_at)}
              </span>
            </span>
            <span className="min-w-0">
              <span className="block truncate font-medium group-hover:underline">{contents(order)}</span>
              <Text as="span" size="small" tone="soft" block>
                {statusWords[order.status]}
              </Text>
            </span>
            <Text as="span" figures>
              {formatMoney({ minor: order.total_minor, currency: order.currency })}
            </Text>
          </Link>
        </li>
      ))}
    </LineList>
  )
}

/** "2 × Pour Jug, Linen Apron": what an order is remembered by. */
function contents({ order_items }: OwnOrder): string {
  return order_items
    .map(({ title, quantity }) => (quantity > 1 ? `${quantity} × ${title}` : title))
    .join(', ')
}
