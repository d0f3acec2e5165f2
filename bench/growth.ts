import { startScratch } from '@/tests/kernel/support/scratch'
import { aShop, connect } from '@/tests/support/database'
import { median } from './figures/quantile'
import { report } from './figures/report'
import { pgbench, writeScripts } from './kernel/pgbench'
import { placeAlone } from './kernel/place-alone'
import { growTheLedger, stockUp } from './kernel/shop'

const YOUNG_LINES = 10_000
const GROWN_LINES = Number(process.env.GROWTH_LINES ?? 10_000_000)
const ROUNDS = 9
const CALLS = 400

/**
 * The cost of an order and an adjustment in a shop with years of ledger, beside one that has just opened; they take
 * turns.
 */
export async function run(): Promise<void> {
  const scratch = await startScratch()
  const scripts = writeScripts(scratch.dataDir)
  const opened: Awaited<ReturnType<typeof open>>[] = []
  async function open(name: string, lines: number) {
    const url = await scratch.database(name)
    const sql = connect(2, url)
    const shop = await aShop(sql, 1000)
    await stockUp(sql, shop)
    await growTheLedger(sql, shop, lines)
    return {
      sql,
      url,
      script: scripts.place,
      variants: shop.variants,
      orders: [] as number[],
      adjustments: [] as number[],
    }
  }
  try {
    opened.push(await open('young', YOUNG_LINES), await open('grown', GROWN_LINES))
    for (let round = 0; round < ROUNDS; round++) {
      for (const shop of opened) {
        shop.orders.push(1000 / (await placeAlone(shop, 1, CALLS)))
        shop.adjustments.push(1000 / (await pgbench(shop.url, scripts.adjust, 1, CALLS)))
      }
    }
    const [young, grown] = opened
    if (!young || !grown) throw new Error('there were no two shops')
    const row = (what: string, of: 'orders' | 'adjustments') => {
      const [before, after] = [median(young[of]), median(grown[of])]
      return {
        what,
        measured: `${after.toFixed(2)} ms`,
        limit: `${before.toFixed(2)} ms`,
        ratio: (after / before).toFixed(2),
        target: '1.1 or less',
      }
    }
    report('growth', PURPOSE, [row('place_order', 'orders'), row('adjust_stock', 'adjustments')])
  } finally {
    for (const { sql } of opened) await sql.end()
    await scratch.stop()
  }
}

const PURPOSE =
  `One call with ${GROWN_LINES.toLocaleString('en')} lines in the ledger of 1,000 variants beside one with ` +
  `${YOUNG_LINES.toLocaleString('en')}: medians of ${ROUNDS} rounds of ${CALLS} calls over one connection, the two shops taking ` +
  `turns on the same server.`
