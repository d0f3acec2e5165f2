import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { formatMoney } from '@/lib/domain/core/money'
import type { Order } from '@/lib/domain/orders/order'
import { nameOf } from '@/lib/domain/products/variant-name'
import { orderContentsWords } from './words'

/** Each line of an order with what became of its units. Renders a `<section>`. */
export function OrderContents({ order }: { order: Order }) {
  return (
    <Section id="contents" title={orderContentsWords.items} gap={3}>
      <LineList>
        {order.items.map((item) => (
          <LineItem key={item.id} layout="spread">
            <span>
              <Text as="span" figures>
                {item.quantity} ×{' '}
              </Text>
              {nameOf(item)}
              <Text as="span" size="fine" tone="soft" figures block>
                {[
                  item.sku,
                  ...(item.fulfilled > 0 ? [orderContentsWords.fulfilled(item.fulfilled)] : []),
                  ...(item.cancelled > 0 ? [orderContentsWords.cancelled(item.cancelled)] : []),
                  ...(item.returned > 0 ? [orderContentsWords.returned(item.returned)] : []),
                ].join(' · ')}
              </Text>
            </span>
            <Text as="span" figures>
              {formatMoney({ minor: item.total_minor, currency: order.currency })}
            </Text>
          </LineItem>
        ))}
      </LineList>
    </Section>
  )
}
