import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { aShop, connect, deliver, person } from '@/tests/support/database'
import type { Sale } from './verdict'

/** The goods of one test: a limited edition, so that every unit of it shows. */
export interface Goods {
  readonly productId: string
  readonly variantId: string
  readonly locationId: string
}

/** Milliseconds on the clock that all processes of this machine share, which no fault here moves. */
export const clock = () => Number(process.hrtime.bigint()) / 1e6

/** Sells one unit at a time, so the number left is also the version: it only ever falls. */
export interface Till {
  /** New goods, nothing sold yet. */
  stock(units: number): Promise<Goods>
  /** The row of these goods, or of others, as a server render has it. */
  served(table: 'shelf' | 'stock_levels', of?: Goods): Promise<Record<string, unknown>>
  /** A user who may read exact stock: their user id. */
  hire(): Promise<string>
  sell(of?: Goods): Promise<Sale>
  /** Sells one each so many milliseconds, from now on; `null` stops. Resolves when none is under way. */
  sellEvery(ms: number | null): Promise<void>
  /** Sales of the current goods, first to last. */
  sales(): Sale[]
  close(): Promise<void>
}

export function openTill(databaseUrl: string): Till {
  const sql = connect(6, databaseUrl)
  let goods: Goods | null = null
  let sales: Sale[] = []
  const underWay = new Set<Promise<unknown>>()
  let selling: ReturnType<typeof setInterval> | undefined

  /** Until it is answered, with one key: a till does not give up when the database restarts. */
  async function sell(of = goods): Promise<Sale> {
    if (!of) throw new Error('nothing is for sale')
    const { variantId, locationId } = of
    const key = randomUUID()
    for (;;) {
      try {
        const [level] = await sql<{ on_hand: number }[]>`
          select on_hand from public.adjust_stock(${variantId}, ${locationId}, -1, 'correction', ${key})`
        if (!level) throw new Error('a sale without an answer')
        const sale = { left: level.on_hand, at: clock() }
        if (of === goods) sales.push(sale)
        return sale
      } catch (cause) {
        if (!isUnreachable(cause)) throw cause
        await sleep(50)
      }
    }
  }

  function begin(): void {
    const sale = sell().finally(() => underWay.delete(sale))
    underWay.add(sale)
  }

  return {
    sell,
    sales: () => sales,
    async stock(units) {
      const { productId, variants, locations } = await aShop(sql)
      const [variantId] = variants
      if (!variantId) throw new Error('the shop has no variant')
      await sql`update public.products set limited = true where id = ${productId}`
      await deliver(sql, variantId, locations[0], units)
      goods = { productId, variantId, locationId: locations[0] }
      sales = []
      return goods
    },
    async served(table, of = goods ?? undefined) {
      const [row] = await sql`select to_jsonb(${sql(table)}) as row from public.${sql(table)}
        where variant_id = ${of?.variantId ?? null}`
      return row?.row as Record<string, unknown>
    },
    hire: async () => String((await person(sql, 'stock')).userId),
    async sellEvery(ms) {
      clearInterval(selling)
      if (ms !== null) selling = setInterval(begin, ms)
      else await Promise.all(underWay)
    },
    async close() {
      clearInterval(selling)
      await Promise.all(underWay)
      await sql.end({ timeout: 1 })
    },
  }
}

/** 57P…: the server is going down or not up yet. */
function isUnreachable(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /^(CONNECTION_|CONNECT_|ECONN|57P)/.test(code)
}
