import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import type { PaymentProvider } from '@/lib/domain/orders/order'

type Db = Sql | TransactionSql

export type CartLine = {
  variant_id: string
  quantity: number
  held: number
  held_at: { location_id: string; units: number }[]
  expires_at: string | null
  paused_until: string | null
  price_minor: number
  total_minor: number
  for_sale: boolean
}
export type Cart = {
  cart_id: string | null
  version: number | null
  lines: CartLine[]
  total_minor: number
  tax_minor: number
  now: string
}
export type Placed = {
  order_id: string
  number: number
  status: string
  total_minor: number
  tax_minor: number
  payment_id: string
  pay_until: string | null
}
export type OrderItem = {
  id: number
  variant_id: string
  quantity: number
  price_minor: number
  fulfilled: number
  cancelled: number
  returned: number
}
export type Order = {
  order_id: string
  number: number
  status: string
  version: number
  kept_at: string[]
  items: OrderItem[]
  events: { kind: string; detail: Record<string, unknown> }[]
  payment: { status: string; captured_minor: number; refund_due_minor: number; refunded_minor: number }
}

export const aToken = () => randomBytes(24).toString('base64url')
export const aNetwork = () => randomBytes(16).toString('hex')

const contact = (email = 'ada@example.test') => ({ email, name: 'Ada' })
const address = { line1: '1 Quay', postcode: '20095', city: 'Hamburg', country: 'DE' }

/** A guest: a secret token and its requests. Each request has a new key unless the test sets one. */
export function aGuest(db: Db, token = aToken(), email?: string, network: string | null = null) {
  const one = async <T>(rows: PromiseLike<readonly { [name: string]: unknown }[]>) =>
    (await rows)[0]?.answer as T
  return {
    token,
    hold: (variantId: string, quantity = 1, key: string = randomUUID()) =>
      one<Cart>(
        db`select public.hold_stock(${variantId}, ${quantity}, ${key}, ${token}, ${network}) as answer`,
      ),
    release: (variantId: string, quantity: number | null = null, key: string = randomUUID()) =>
      one<Cart>(db`select public.release_hold(${variantId}, ${key}, ${token}, ${quantity}) as answer`),
    extend: () => one<Cart>(db`select public.extend_hold(${token}, ${network}) as answer`),
    cart: () => one<Cart>(db`select public.read_cart(${token}) as answer`),
    /** For a signed-in shopper: adopts the cart of the guest with this token. */
    adopt: (guestToken: string) =>
      one<Cart & { adopted: number; fewer: { variant_id: string; wanted: number; quantity: number }[] }>(
        db`select public.adopt_cart(${guestToken}) as answer`,
      ),
    adoptOrder: (orderId: string, orderToken: string) =>
      one<Order>(db`select public.adopt_order(${orderId}, ${orderToken}) as answer`),
    place: async (
      payment: PaymentProvider = 'on_collection',
      key: string = randomUUID(),
      expectedTotal: number | null = null,
    ) => {
      const delivery =
        payment !== 'on_collection'
          ? { method: 'delivery', address }
          : { method: 'collection', location_id: await theCounter(db) }
      return one<Placed>(
        db`select public.place_order(${db.json(contact(email))}, ${db.json(delivery)}, ${payment},
          ${key}, ${token}, ${token}, ${expectedTotal}) as answer`,
      )
    },
    order: (orderId: string) => one<Order>(db`select public.read_order(${orderId}, ${token}) as answer`),
    cancel: (orderId: string, key: string = randomUUID()) =>
      one<Order>(db`select public.cancel_order(${orderId}, ${key}, ${token}) as answer`),
  }
}

/** Where orders are collected: the first location, which gives units first whichever way an order goes out. */
export async function theCounter(db: Db): Promise<string> {
  // A customer's account cannot read locations: pages list them.
  const [me] = await db`select current_setting('role') as role`
  if (me?.role === 'authenticated') await db`select set_config('role', 'none', true)`
  const [row] = await db`select id from public.locations where active order by position, id limit 1`
  if (me?.role === 'authenticated') await db`select set_config('role', 'authenticated', true)`
  return String(row?.id)
}

/** Staff at the packing table. */
export function thePackingTable(db: Db) {
  const one = async <T>(rows: PromiseLike<readonly { [name: string]: unknown }[]>) =>
    (await rows)[0]?.answer as T
  return {
    fulfil: (
      orderId: string,
      locationId: string,
      lines: { order_item_id: number; quantity: number }[] | null = null,
      key: string = randomUUID(),
    ) =>
      one<Order>(
        db`select public.fulfil_order(${orderId}, ${locationId}, ${key}, ${lines && db.json(lines)}) as answer`,
      ),
    returnItems: (
      orderId: string,
      locationId: string,
      lines: { order_item_id: number; quantity: number; outcome: string }[],
      key: string = randomUUID(),
    ) =>
      one<Order>(
        db`select public.return_items(${orderId}, ${locationId}, ${db.json(lines)}, ${key}) as answer`,
      ),
    /** Cancels as a manager or the shop itself: without a buyer's token. */
    cancel: (orderId: string, key: string = randomUUID()) =>
      one<Order>(db`select public.cancel_order(${orderId}, ${key}) as answer`),
    confirm: (orderId: string, key: string = randomUUID()) =>
      one<Order>(db`select public.confirm_order(${orderId}, ${key}) as answer`),
    takePayment: (orderId: string, key: string = randomUUID()) =>
      one<Order>(db`select public.take_payment(${orderId}, ${key}) as answer`),
  }
}

/** Signs as the sandbox provider would: with the shared secret, over the exact bytes. */
export async function theProvider(db: Db) {
  const [row] = await db`select secret from private.payment_providers where provider = 'sandbox'`
  const secret = row?.secret as Buffer
  return (
    paymentId: string,
    kind: 'started' | 'captured' | 'declined' | 'refunded',
    amount: number,
    eventId: string = randomUUID(),
  ) => {
    const payload = JSON.stringify({
      provider: 'sandbox',
      event_id: eventId,
      payment_id: paymentId,
      kind,
      amount_minor: amount,
    })
    const signature = createHmac('sha256', secret).update(payload).digest('hex')
    return db`select public.receive_payment_event(${payload}, ${signature}) as answer`.then(
      ([answer]) => answer?.answer as { effect: string; order_id: string },
    )
  }
}

/** Moves the shop's clock ahead, for everybody. */
export async function letPass(db: Db, time: string): Promise<void> {
  await db`update private.clock_offset set ahead = ahead + ${time}::interval`
}

/** Runs the maintenance job until it finds nothing overdue, also not what other tests left. Resolves with its units. */
export async function endOverdue(db: Db): Promise<number> {
  let units = 0
  for (;;) {
    const ended = Number((await db`select public.release_expired_holds() as units`)[0]?.units)
    if (ended === 0) return units
    units += ended
  }
}

/** The shop's counts of one variant. */
export async function countsOf(db: Db, variantId: string) {
  const [row] =
    await db`select on_hand, held, committed, available from public.availability where variant_id = ${variantId}`
  return { ...row } as { on_hand: number; held: number; committed: number; available: number }
}

export async function shelfOf(db: Db, variantId: string) {
  const [row] = await db`select band, "left" from public.shelf where variant_id = ${variantId}`
  return { ...row } as { band: string; left: number | null }
}

export async function drift(db: Db) {
  return [...(await db`select * from private.inventory_drift()`)]
}
