import { randomUUID } from 'node:crypto'
import type { Customer, CustomerEntry } from '@/lib/domain/people/customer'
import { actAsOwner, person, type Tx } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, aToken } from '@/tests/support/shop/shopping'

export const anAddress = () => `ada-${randomUUID()}@example.test`

/** So many orders of a guest with one e-mail address; answers with their ids. */
export async function guestOrders(tx: Tx, email: string, orders: number) {
  const { variantId, locations } = await stockedVariant(tx, orders)
  const ids: string[] = []
  for (let n = 0; n < orders; n++) {
    const buyer = aGuest(tx, aToken(), email)
    await buyer.hold(variantId, 1)
    ids.push((await buyer.place()).order_id)
  }
  await actAsOwner(tx)
  return { ids, first: ids[0] ?? '', place: locations[0] }
}

/** An account with this address, confirmed or not. */
export async function anAccount(tx: Tx, email: string, confirmed = true) {
  const who = await person(tx)
  await tx`update auth.users set email = ${email}, email_confirmed_at = ${confirmed ? new Date() : null}
    where id = ${who.userId ?? null}`
  return who
}

export const customersLike = async (tx: Tx, words: string, before: number | null = null, size = 50) =>
  (await tx`select public.read_customers(${words}, ${before}, ${size}) as read`)[0]?.read as CustomerEntry[]
export const customerOf = async (tx: Tx, orderId: string) =>
  (await tx`select public.read_customer(${orderId}) as read`)[0]?.read as Customer
export const note = (tx: Tx, orderId: string, body: string, key: string = randomUUID()) =>
  tx`select public.add_customer_note(${orderId}, ${body}, ${key})`
export const consent = (tx: Tx, orderId: string, given: boolean) =>
  tx`select public.record_consent(${orderId}, ${given}, ${randomUUID()})`
export const merge = async (tx: Tx, orderId: string) =>
  (await tx`select public.merge_customer(${orderId}, ${randomUUID()}) as done`)[0]?.done as { orders: number }
export const separate = async (tx: Tx, orderId: string) =>
  (await tx`select public.separate_customer(${orderId}, ${randomUUID()}) as done`)[0]?.done as {
    orders: number
  }
