import type { Sql } from 'postgres'
import { median } from '@/bench/figures/quantile'
import type { Row } from '@/bench/figures/report'
import { orderTogether } from './order-together'

const rounds = 5
const ordersOfEach = 40
const clients = 64

/**
 * The cost of broadcasting the stock, for the sales that change it: orders of limited editions, whose shelf changes with every
 * unit, with `shop_settings.stock_broadcast` on and off. The rounds take turns.
 */
export async function broadcastRows(sql: Sql, url: string, variants: string[]): Promise<Row[]> {
  await sql`update public.products set limited = true`
  const measure = async (isOn: boolean, sold: string[]) => {
    await sql`update public.shop_settings set stock_broadcast = ${isOn}`
    return orderTogether(sql, url, sold, clients, ordersOfEach)
  }
  const rows: Row[] = []
  for (const [what, sold] of [
    ['one hot SKU', variants.slice(0, 1)],
    ['1,000 SKUs', variants],
  ] as const) {
    const [on, off]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      off.push(await measure(false, sold))
      on.push(await measure(true, sold))
    }
    rows.push({
      what: `${what} of limited editions, ${clients} clients, stock by Broadcast`,
      measured: `${median(on).toFixed(0)}/s (${spread(on)})`,
      limit: `not broadcast: ${median(off).toFixed(0)}/s (${spread(off)})`,
      ratio: (median(on) / median(off)).toFixed(2),
      target: '',
    })
  }
  return rows
}

const spread = (figures: number[]) =>
  `${Math.min(...figures).toFixed(0)} to ${Math.max(...figures).toFixed(0)}`
