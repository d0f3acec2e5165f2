import type { Cart } from '@/lib/domain/cart/cart'
import type { Quote } from '@/lib/domain/checkout/totals'
import type { Order } from '@/lib/domain/orders/order'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import type { Message } from './messages'
import { type AgentPayment, checkoutNames, successOf } from './protocol'
import type { AgentSession } from './session'
import type { HoldNote } from './stock-note'
import { agentWords as words } from './words'

/** The parts of a checkout, as they were read. */
export interface CheckoutParts {
  /** The session's secret, which is the checkout's id. */
  id: string
  session: AgentSession
  quote: Quote | null
  places: readonly CollectionPoint[]
  payments: readonly AgentPayment[]
  messages: readonly Message[]
  origin: URL
  /** Where a person takes over. */
  continueUrl: string
  /** The order, once it is placed, and its secret address. */
  order: { order: Order; link: string } | null
}

/** A checkout as the protocol has it. */
export function checkoutView(parts: CheckoutParts): object {
  const { id, session, payments, messages, origin, order } = parts
  const isOpen = session.status === 'open'
  const lines = order ? orderLines(order.order) : cartLines(session.cart)
  const buyer = isOpen ? buyerOf(session) : null
  return {
    ucp: successOf(checkoutNames, payments, origin),
    id,
    status: statusOf(parts),
    currency: order?.order.currency ?? session.cart.currency,
    line_items: lines,
    ...(buyer && { buyer }),
    totals: totalsOf(order?.order ?? parts.quote ?? emptyTotals),
    messages,
    links: [],
    ...(isOpen && {
      fulfillment: fulfillmentOf(
        parts,
        lines.map((line) => line.id),
      ),
    }),
    ...(isOpen && { expires_at: endOf(session.cart), stock: holdNote(session) }),
    ...((isOpen || session.status === 'handed_over') && { continue_url: parts.continueUrl }),
    ...(order && {
      order: { id: order.order.order_id, label: String(order.order.number), permalink_url: order.link },
    }),
  }
}

function statusOf({ session, messages }: CheckoutParts): string {
  if (session.status === 'completed') return 'completed'
  if (session.status === 'cancelled') return 'canceled'
  if (session.status === 'handed_over') return 'requires_escalation'
  const severities = messages.map(({ severity }) => severity)
  if (severities.includes('recoverable')) return 'incomplete'
  return severities.some((severity) => severity?.startsWith('requires_'))
    ? 'requires_escalation'
    : 'ready_for_complete'
}

const amountsOf = (minor: number) => [
  { type: 'subtotal', amount: minor },
  { type: 'total', amount: minor },
]

function cartLines({ lines }: Cart) {
  return lines.map((line) => ({
    id: line.variant_id,
    item: { id: line.variant_id, title: nameOf(line), price: line.price_minor },
    quantity: line.quantity,
    totals: amountsOf(line.total_minor),
  }))
}

function orderLines({ items }: Order) {
  return items.map((item) => ({
    id: item.variant_id,
    item: { id: item.variant_id, title: nameOf(item), price: item.price_minor },
    quantity: item.quantity,
    totals: amountsOf(item.price_minor * item.quantity),
  }))
}

function buyerOf({ choices: { name, email, phone } }: AgentSession): object | null {
  if (!name && !email && !phone) return null
  const [first, ...rest] = (name ?? '').split(' ')
  return {
    ...(first && { first_name: first }),
    ...(rest.length > 0 && { last_name: rest.join(' ') }),
    ...(email && { email }),
    ...(phone && { phone_number: phone }),
  }
}

const emptyTotals = { subtotal_minor: 0, discount_minor: 0, delivery_minor: 0, total_minor: 0 }

function totalsOf(totals: typeof emptyTotals): object[] {
  return [
    { type: 'subtotal', display_text: words.subtotal, amount: totals.subtotal_minor },
    ...(totals.discount_minor > 0
      ? [{ type: 'discount', display_text: words.discount, amount: -totals.discount_minor }]
      : []),
    ...(totals.delivery_minor > 0
      ? [{ type: 'fulfillment', display_text: words.delivery, amount: totals.delivery_minor }]
      : []),
    { type: 'total', display_text: words.total, amount: totals.total_minor },
  ]
}

/** One method: that of the buyer, or collection, which every shop offers. */
function fulfillmentOf({ session, places, quote }: CheckoutParts, line_item_ids: string[]): object {
  const { method, location_id, address } = session.choices
  const option = (id: string, title: string, amount: number) => ({
    id,
    line_item_ids,
    options: [{ id, title, totals: [{ type: 'total', amount }] }],
    selected_option_id: id,
  })
  if (method === 'delivery') {
    const destination = {
      id: 'address',
      ...(address?.line1 && { street_address: address.line1 }),
      ...(address?.city && { address_locality: address.city }),
      ...(address?.postcode && { postal_code: address.postcode }),
      ...(address?.country && { address_country: address.country }),
    }
    const title = quote?.estimate ? `${words.delivery}, ${quote.estimate}` : words.delivery
    const groups = [option('delivery', title, quote?.delivery_minor ?? 0)]
    return {
      methods: [
        {
          id: 'shipping',
          type: 'shipping',
          line_item_ids,
          destinations: [destination],
          selected_destination_id: 'address',
          groups,
        },
      ],
    }
  }
  return {
    methods: [
      {
        id: 'pickup',
        type: 'pickup',
        line_item_ids,
        destinations: places.map(({ id, name }) => ({ id, name })),
        selected_destination_id: places.some(({ id }) => id === location_id) ? location_id : null,
        groups: [option('collection', words.collection, 0)],
      },
    ],
  }
}

/** When the first hold ends; now, where nothing is held. */
function endOf({ lines, now }: Cart): string {
  const ends = lines.flatMap(({ expires_at }) => (expires_at === null ? [] : [Date.parse(expires_at)]))
  return new Date(ends.length > 0 ? Math.min(...ends) : Date.parse(now)).toISOString()
}

function holdNote({ cart, held_since }: AgentSession): HoldNote {
  return {
    as_of: cart.now,
    lines: cart.lines.map(({ variant_id, held, expires_at }) => ({
      line_item_id: variant_id,
      held,
      held_since: held > 0 ? (held_since[variant_id] ?? null) : null,
      held_until: expires_at,
    })),
  }
}
