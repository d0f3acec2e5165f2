import { randomUUID } from 'node:crypto'
import type { Tx } from '@/tests/support/database'
import { aToken, theCounter } from './shopping'

export type Request = Record<string, unknown> & { cart_token: string; idempotency_key: string }
export type Answer = {
  order?: { order_id: string; number: number; status: string; total_minor: number }
  refused?: { status: number; code: string; detail: Record<string, unknown> }
}

export const asks = (cart_token: string, more: Record<string, unknown> = {}): Request => ({
  contact: { email: `${cart_token.slice(0, 8)}@example.test`.toLowerCase(), name: 'Ada' },
  payment: 'on_collection',
  idempotency_key: randomUUID(),
  cart_token,
  order_token: cart_token,
  ...more,
})

/** Places them in one call; those that do not say how they go out are collected at the counter. */
export async function placeAll(tx: Tx, requests: Request[]): Promise<Answer[]> {
  const delivery = { method: 'collection', location_id: await theCounter(tx) }
  const asked = requests.map((request) => ({ delivery, ...request }))
  const [row] = await tx`select public.place_orders(${JSON.stringify(asked)}::text::jsonb) as answers`
  return row?.answers as Answer[]
}

/** Places the order of who is signed in, by a call of their own. */
export async function placeOwn(tx: Tx, more: { network?: string; proof?: boolean } = {}) {
  const delivery = { method: 'collection', location_id: await theCounter(tx) }
  const [row] = await tx`select public.place_order(${tx.json({ email: 'ada@example.test', name: 'Ada' })},
    ${tx.json(delivery)}, 'on_collection', ${randomUUID()}, network => ${more.network ?? null},
    proof => ${more.proof ?? null}) as answer`
  return row?.answer as NonNullable<Answer['order']>
}

/** A guest's cart with these lines, of which nothing is held; its secret. */
export async function aCart(tx: Tx, lines: [variantId: string, quantity: number][]): Promise<string> {
  const token = aToken()
  const [cart] =
    await tx`insert into public.carts (token_hash) values (sha256(convert_to(${token}, 'UTF8'))) returning id`
  for (const [variantId, quantity] of lines)
    await tx`insert into public.cart_lines (cart_id, variant_id, quantity, price_minor, held_since)
      values (${cart?.id}, ${variantId}, ${quantity}, 0, now())`
  return token
}

export const outcomes = (answers: Answer[]) =>
  answers.map(({ order, refused }) => order?.status ?? refused?.code)
