import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Tx } from '@/tests/support/database'
import { aToken, type Cart } from './shopping'

export type Request = {
  variant_id: string
  quantity: number
  cart_token: string
  idempotency_key: string
  network?: string
}
export type Answer = {
  cart?: Cart
  refused?: { status: number; code: string; detail: Record<string, unknown> }
}

export const asks = (variant_id: string, quantity = 1, more: Partial<Request> = {}): Request => ({
  variant_id,
  quantity,
  cart_token: aToken(),
  idempotency_key: randomUUID(),
  ...more,
})

export async function holdAll(tx: Tx | Sql, requests: Request[]): Promise<Answer[]> {
  const [row] = await tx`select public.hold_stocks(${JSON.stringify(requests)}::text::jsonb) as answers`
  return row?.answers as Answer[]
}

export const outcomes = (answers: Answer[]) =>
  answers.map(({ cart, refused }) => (cart ? 'held' : refused?.code))
