import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { together } from '@/lib/domain/core/together'
import { connect } from '@/tests/support/database'
import { theCounter } from '@/tests/support/shop/shopping'
import { benchToken, fillCarts } from './shop'

type Answer = { order?: object; refused?: { code: string } }

/**
 * Orders per second of so many callers, each waiting for its order before it begins the next, as the shop's servers send
 * them: those that wait at one server are placed together.
 */
export async function orderTogether(
  sql: Sql,
  url: string,
  variants: string[],
  clients: number,
  each: number,
  servers = 1,
) {
  await fillCarts(sql, variants, clients, each)
  const counter = await theCounter(sql)
  const all = Array.from({ length: servers }, () => serverAt(url))
  const started = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 1; n <= each; n++) {
        const answer = await all[client % servers]?.place(request(benchToken(client, n), counter))
        if (!answer?.order) throw new Error(`an order was refused: ${answer?.refused?.code}`)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  await Promise.all(all.map(({ db }) => db.end()))
  return (clients * each) / seconds
}

/** A server of the shop, as far as it places orders. */
function serverAt(url: string) {
  const db = connect(2, url)
  const place = together<ReturnType<typeof request>, Answer>({
    async send(requests) {
      const [row] = await db`select public.place_orders(${JSON.stringify(requests)}::text::jsonb) as answers`
      return row?.answers as Answer[]
    },
    apart: ({ cart_token }) => cart_token,
    atOnce: 2,
    most: 64,
  })
  return { db, place }
}

const request = (token: string, location_id: string) => ({
  contact: { email: 'ada@example.test', name: 'Ada' },
  delivery: { method: 'collection', location_id },
  payment: 'on_collection',
  idempotency_key: randomUUID(),
  cart_token: token,
  order_token: token,
})
