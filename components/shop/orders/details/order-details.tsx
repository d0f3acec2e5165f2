import { TotalParts } from '@/components/shop/totals/total-parts'
import { includedTaxWords } from '@/components/shop/totals/words'
import { Sum } from '@/components/ui/data/sum'
import { Timeline } from '@/components/ui/data/timeline'
import { LineItem } from '@/components/ui/layout/line-list'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import { cancelledMinor } from '@/lib/domain/orders/order-rules'
import { eventWords, orderDetailsWords } from './words'

/** The items of an order, as they were when it was placed. Renders a `<section>`. */
export function OrderLines({ order }: { order: Order }) {
  const money = (minor: number) => formatMoney({ minor, currency: order.currency })
  const cancelled = cancelledMinor(order)
  return (
    <section aria-labelledby="lines">
      <Heading level={2} id="lines">
        {orderDetailsWords.items}
      </Heading>
      <ul className="mt-4 border-line border-t">
        {order.items.map((item) => (
          <LineItem key={item.id} layout="spread">
            <span>
              <Text as="span" figures>
                {item.quantity} ×{' '}
              </Text>
              {item.title}
              <Text as="span" size="small" tone="soft" block>
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
              </Text>
            </span>
            <Text as="span" figures>
              {money(item.total_minor)}
            </Text>
          </LineItem>
        ))}
      </ul>
      <TotalParts totals={order} title={order.discount_title} currency={order.currency} />
      {cancelled > 0 && (
        <Sum className="mt-4" name={orderDetailsWords.cancelledItems}>
          {money(-cancelled)}
        </Sum>
      )}
      <Sum size="title" className="mt-4" name={orderDetailsWords.total}>
        {money(order.worth_minor)}
      </Sum>
      <Text size="fine" tone="soft" figures end>
        {cancelled > 0 && `${orderDetailsWords.originally(money(order.total_minor))} `}
        {includedTaxWords(order, order.currency)}
      </Text>
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
      <Heading level={2} id="timeline">
        {orderDetailsWords.orderHistory}
      </Heading>
      <Timeline>
        {events.map(({ at, words }) => (
          <li key={`${at} ${words}`}>
            {words}
            <Text as="time" size="fine" tone="soft" figures block dateTime={at}>
              {shopTime(at)}
            </Text>
          </li>
        ))}
      </Timeline>
    </section>
  )
}
