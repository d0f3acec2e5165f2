import type { Sql } from 'postgres'
import { pgbench } from './pgbench'
import { fillCarts } from './shop'

export type Place = { sql: Sql; url: string; script: string; variants: string[] }

/**
 * Orders per second, each a separate call over a connection per client. Every transaction has a different cart, so that
 * all of it is what a shopper causes. A call that is refused as busy is no order.
 */
export async function placeAlone(
  { sql, url, script, variants }: Place,
  clients: number,
  each: number,
): Promise<number> {
  await fillCarts(sql, variants, clients, each)
  const before = await ordersOf(sql)
  const calls = await pgbench(url, script, clients, each)
  return (calls * ((await ordersOf(sql)) - before)) / (clients * each)
}

async function ordersOf(sql: Sql): Promise<number> {
  const [row] = await sql<[{ orders: number }]>`select count(*)::integer as orders from public.orders`
  return row.orders
}
