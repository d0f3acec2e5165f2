import { z } from 'zod'
import { Address } from '@/lib/domain/orders/order'

/** How many customers a page shows. */
export const customersPerPage = 50
/** How many orders the page of a customer shows at once. */
export const ordersPerCustomerPage = 20

/** A customer in the list: an account, or an e-mail address of guests, named by their latest order. */
export const CustomerEntry = z.object({
  order_id: z.guid(),
  number: z.int(),
  name: z.string(),
  email: z.string(),
  has_account: z.boolean(),
  last_order_at: z.string(),
  orders: z.int(),
})
export type CustomerEntry = z.infer<typeof CustomerEntry>

export const Customer = z.object({
  order_id: z.guid(),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  address: Address.nullable(),
  has_account: z.boolean(),
  account_email: z.string().nullable(),
  total: z.int(),
  first_order_at: z.string(),
  /** Placed and not cancelled, by currency. */
  sums: z.array(z.object({ currency: z.string(), total_minor: z.int() })),
  orders: z.array(
    z.object({
      order_id: z.guid(),
      number: z.int(),
      status: z.enum(['awaiting_payment', 'placed', 'fulfilled', 'cancelled']),
      currency: z.string(),
      total_minor: z.int(),
      units: z.int(),
      created_at: z.string(),
    }),
  ),
  notes: z.array(z.object({ id: z.int(), body: z.string(), actor: z.guid(), at: z.string() })),
  consent: z.object({ given: z.boolean(), source: z.enum(['customer', 'staff']), at: z.string() }).nullable(),
  /** Orders that guests placed with the confirmed address of the account. */
  guest_orders: z.int(),
  /** Orders of the account that staff added. */
  merged_orders: z.int(),
})
export type Customer = z.infer<typeof Customer>

const OrderNumber = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** The filter of the list, as it is in the URL. Unreadable values count as not set. */
export const CustomerFilter = z.object({
  q: z.string().trim().max(200).catch(''),
  /** The number of the last order of the page before. */
  before: OrderNumber.nullable().catch(null),
})
export type CustomerFilter = z.infer<typeof CustomerFilter>

/** The address of the list, without what is not set. */
export function customersAddress({ q, before }: CustomerFilter): string {
  const query = new URLSearchParams({ ...(q && { q }), ...(before && { before: String(before) }) })
  return query.size > 0 ? `/staff/customers?${query}` : '/staff/customers'
}

const OfCustomer = z.object({ order_id: z.guid(), idempotency_key: z.guid() })

export const CustomerNamed = OfCustomer
export type CustomerNamed = z.infer<typeof CustomerNamed>

export const CustomerNote = OfCustomer.extend({ body: z.string().trim().min(1).max(4000) })
export type CustomerNote = z.infer<typeof CustomerNote>

export const ConsentRecord = OfCustomer.extend({ given: z.stringbool() })
export type ConsentRecord = z.infer<typeof ConsentRecord>

export const OwnConsent = z.object({ given: z.stringbool() })
export type OwnConsent = z.infer<typeof OwnConsent>
