import { z } from 'zod'
import { TaxPart } from '@/lib/domain/checkout/totals'
import { RefusedInCall } from '@/lib/domain/core/data-api-error'
import { Invoice } from './invoice'

/** The status of an order: awaiting payment, placed, fulfilled, or cancelled. */
export const OrderStatus = z.enum(['awaiting_payment', 'placed', 'fulfilled', 'cancelled'])
export type OrderStatus = z.infer<typeof OrderStatus>

export const PaymentProvider = z.enum(['on_collection', 'sandbox', 'stripe'])
export type PaymentProvider = z.infer<typeof PaymentProvider>
/** A provider of payments that are made online. */
export type OnlineProvider = Exclude<PaymentProvider, 'on_collection'>

export const Address = z.object({
  line1: z.string(),
  postcode: z.string(),
  city: z.string(),
  country: z.string(),
})
export type Address = z.infer<typeof Address>

/** The result of placing an order. Money in minor units. */
export const PlacedOrder = z.object({
  order_id: z.guid(),
  number: z.int(),
  status: OrderStatus,
  total_minor: z.int(),
  payment_id: z.guid(),
})
export type PlacedOrder = z.infer<typeof PlacedOrder>

/** The result of place_orders for each request: its order, or the refusal that place_order would raise. */
export const PlaceAnswer = z.union([z.object({ order: PlacedOrder }), z.object({ refused: RefusedInCall })])
export type PlaceAnswer = z.infer<typeof PlaceAnswer>

const OrderItem = z.object({
  id: z.int(),
  variant_id: z.guid(),
  sku: z.string(),
  title: z.string(),
  option_values: z.array(z.string()),
  price_minor: z.int(),
  quantity: z.int(),
  total_minor: z.int(),
  fulfilled: z.int(),
  cancelled: z.int(),
  returned: z.int(),
})

export const PaymentStatus = z.enum(['due', 'pending', 'declined', 'captured', 'void', 'authorised'])

const Payment = z.object({
  payment_id: z.guid(),
  provider: PaymentProvider,
  status: PaymentStatus,
  amount_minor: z.int(),
  captured_minor: z.int(),
  refund_due_minor: z.int(),
  refunded_minor: z.int(),
  /** How it was paid at the counter; null elsewhere, where nobody said how, and in answers that an older version stored. */
  taken_as: z.enum(['cash', 'card']).nullable().default(null),
  deadline: z.string().nullable(),
  /** Whether its provider was asked a moment ago and has not answered. */
  in_progress: z.boolean(),
})

/** One line of an order's timeline. Kinds this page has no words for are left out of it. */
const OrderEvent = z.object({
  id: z.int(),
  kind: z.string(),
  detail: z
    .object({
      reason: z.string(),
      amount_minor: z.int(),
      /** Of an order that is placed before its card is charged. */
      authorised_minor: z.int(),
      /** Of units that were not where they should be: of what, how many, and how many nobody had. */
      title: z.string(),
      taken_as: z.enum(['cash', 'card']),
      missing: z.int(),
      cancelled: z.int(),
      /** Units to carry from the box back to the shelf. */
      put_back: z.int(),
      /** Of units that left for the customer's address, or of a correction: how they travel. */
      parcel: z.object({ carrier: z.string(), tracking_number: z.string().optional() }),
      /** Of a correction: the event whose parcel it is. */
      hand_over: z.int(),
    })
    .partial(),
  at: z.string(),
})
export type OrderEvent = z.infer<typeof OrderEvent>

/** An order as its buyer reads it, as it was at `now`. Titles and prices are those of the day it was placed. */
export const Order = z.object({
  order_id: z.guid(),
  number: z.int(),
  status: OrderStatus,
  version: z.int(),
  /** Whether all that is still open of it lies in its box. */
  ready: z.boolean(),
  email: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  delivery: z.enum(['collection', 'delivery']),
  collect_at: z.guid().nullable(),
  /** The locations where what is still to be handed over lies: not only where it is collected. */
  kept_at: z.array(z.guid()),
  address: Address.nullable(),
  currency: z.string(),
  total_minor: z.int(),
  tax_minor: z.int(),
  /** The parts of the total: subtotal − discount + delivery. */
  subtotal_minor: z.int(),
  discount_minor: z.int(),
  delivery_minor: z.int(),
  delivery_estimate: z.string().nullable(),
  discount_title: z.string().nullable(),
  /** Whether it was sold at the counter: it names nobody. */
  is_walk_in: z.boolean().default(false),
  taxes: z.array(TaxPart),
  /** Its invoice and credit notes, oldest first. */
  invoices: z.array(Invoice),
  /** The total without what was cancelled. */
  worth_minor: z.int(),
  created_at: z.string(),
  /** When its guest asked to erase the person. */
  erase_asked_at: z.string().nullable(),
  now: z.string(),
  payment: Payment,
  items: z.array(OrderItem),
  events: z.array(OrderEvent),
})
export type Order = z.infer<typeof Order>
