'use client'

import type { Route } from 'next'
import { useMemo } from 'react'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { useCountdown } from '@/lib/client/hooks/use-countdown'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { CartLine } from '@/lib/domain/cart/cart'
import { clockFace } from '@/lib/domain/cart/hold-time'
import type { DeskConversation } from '@/lib/domain/conversations/conversation'
import { type AskedStock, availableOf } from '@/lib/domain/conversations/live'
import { formatMoney } from '@/lib/domain/core/money'
import { type OrderPulse, ordersOf } from '@/lib/domain/orders/live'
import { contextWords, orderStatusWords } from './words'

export interface ContextFacts {
  /** The variants of the product that it is about. */
  variants: readonly { id: string; sku: string; option_values: readonly string[] }[]
  stock: readonly AskedStock[]
  orders: readonly OrderPulse[]
}

/** The subject of a conversation and the cart of its shopper, live. Renders a `<div>`. */
export function Context({
  conversation: { product, order, cart },
  variants,
  stock,
  orders,
}: { conversation: DeskConversation } & ContextFacts) {
  return (
    <Stack gap={8} atTop shrinks>
      {product && (
        <Section id="product" title={contextWords.product} gap={2}>
          <TextLink tone="link" size="small" href={`/staff/products/${product.id}` as Route}>
            {product.title}
          </TextLink>
          <ProductStock variants={variants} first={stock} />
        </Section>
      )}
      {order && (
        <Section id="order" title={contextWords.order} gap={2}>
          <TextLink tone="link" size="small" href={`/staff/orders/${order.id}` as Route}>
            {contextWords.openOrder(order.number)}
          </TextLink>
          <OrderState id={order.id} first={orders} />
        </Section>
      )}
      <Section id="cart" title={contextWords.cart} gap={2}>
        {cart.lines.length === 0 ? (
          <Text size="small" tone="soft">
            {contextWords.cartIsEmpty}
          </Text>
        ) : (
          <LineList isOpen>
            {cart.lines.map((line) => (
              <LineItem key={line.variant_id} room="tight">
                <TextLink size="small" href={`/staff/variants/${line.variant_id}` as Route}>
                  {line.quantity} × {[line.title, ...line.option_values].join(', ')}
                </TextLink>
                <Text size="small" tone="soft" figures>
                  <HeldFor line={line} asOf={cart.now} />
                </Text>
              </LineItem>
            ))}
            <LineItem room="tight">
              <Text size="small" figures>
                {contextWords.total} {formatMoney({ minor: cart.total_minor, currency: cart.currency })}
              </Text>
            </LineItem>
          </LineList>
        )}
      </Section>
    </Stack>
  )
}

/** How much longer a line is held. Renders a text. */
function HeldFor({ line, asOf }: { line: CartLine; asOf: string }) {
  const until = line.expires_at ? Date.parse(line.expires_at) : 0
  const heldForMs = Math.max(0, until - Date.parse(asOf))
  const left = useCountdown(heldForMs, asOf) ?? heldForMs
  return line.held > 0 && left > 0 ? contextWords.held(clockFace(left)) : contextWords.notHeld
}

/** The units of each variant that can be sold, live. Renders a `<ul>`. */
function ProductStock({
  variants,
  first,
}: {
  variants: ContextFacts['variants']
  first: readonly AskedStock[]
}) {
  const query = useMemo(() => availableOf(variants.map(({ id }) => id)), [variants])
  const { rows } = useLiveQuery(query, first)
  const unitsOf = (id: string) => rows.find((row) => row.variant_id === id)?.available
  return (
    <LineList isOpen>
      {variants.map(({ id, sku, option_values }) => {
        const units = unitsOf(id)
        return (
          <LineItem key={id} layout="spread" room="tight">
            <TextLink size="small" href={`/staff/variants/${id}` as Route}>
              {option_values.join(', ') || sku}
            </TextLink>
            <Text as="span" size="small" figures>
              {units === undefined ? contextWords.notStocked : contextWords.available(units)}
            </Text>
          </LineItem>
        )
      })}
    </LineList>
  )
}

/** The status of an order, live. Renders a `<p>`. */
function OrderState({ id, first }: { id: string; first: readonly OrderPulse[] }) {
  const query = useMemo(() => ordersOf([id]), [id])
  const { rows } = useLiveQuery(query, first)
  const order = rows[0]
  return order ? <Text size="small">{orderStatusWords[order.status]}</Text> : null
}
