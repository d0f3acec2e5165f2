import type { Sql } from 'postgres'
import { pgbench } from './pgbench'
import { fillCarts } from './shop'

export type Place = { sql: Sql; url: string; script: string; variants: string[] }

/**
 * Orders per second, each a separate call over a connection per client. Every transaction has a different cart, so that
 * all of it is what a shopper causes.
 */
export async function placeAlone(
  { sql, url, script, variants }: Place,
  clients: number,
  each: number,
): Promise<number> {
  await fillCarts(sql, variants, clients, each)
  return pgbench(url, script, clients, each)
}
