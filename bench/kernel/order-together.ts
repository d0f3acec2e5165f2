import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { together } from '@/lib/domain/core/together'
import { connect } from '@/tests/support/database'
import { theCounter } from '@/tests/support/shop/shopping'
import { benchToken, fillCarts } from './shop'

type Answer = { order?: object; refused?: { code: string } }

/** Orders per second of so many callers, each waiting for its order before it begins the next, as the shop's server sends them. */
export async function orderTogether(
  sql: Sql,
  url: string,
  variants: string[],
  clients: number,
  each: number,
) {
  await fillCarts(sql, variants, clients, each)
  const db = connect(2, url)
  const counter = await theCounter(sql)
  const place = together<ReturnType<typeof request>, Answer>({
    async send(requests) {
      const [row] = await db`select public.place_orders(${JSON.stringify(requests)}::text::jsonb) as answers`
      return row?.answers as Answer[]
    },
    apart: ({ cart_token }) => cart_token,
    atOnce: 2,
    most: 64,
  })
  const started = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 1; n <= each; n++) {
        const answer = await place(request(benchToken(client, n), counter))
        if (!answer.order) throw new Error(`an order was refused: ${answer.refused?.code}`)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  await db.end()
  return (clients * each) / seconds
}

const request = (token: string, location_id: string) => ({
  contact: { email: 'ada@example.test', name: 'Ada' },
  delivery: { method: 'collection', location_id },
  payment: 'on_collection',
  idempotency_key: randomUUID(),
  cart_token: token,
  order_token: token,
})
