import { randomUUID } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import type { Order } from '@/tests/support/shop/shopping'

type Db = Sql | TransactionSql

export type CounterOrder = Order & {
  order_id: string
  is_walk_in: boolean
  total_minor: number
  payment: { status: string; taken_as: string | null; captured_minor: number }
}

interface SaleOptions {
  total?: number | null
  key?: string
  as?: string
}

/** Staff at the counter of a location. Each request has a new key unless the test sets one. */
export function theCounterOf(db: Db, locationId: string) {
  return {
    sell: async (
      variantId: string,
      quantity = 1,
      { total = 1200 * quantity, key = randomUUID(), as = 'cash' }: SaleOptions = {},
    ) => {
      const lines = db.json([{ variant_id: variantId, quantity }])
      const [row] =
        await db`select public.sell_at_counter(${locationId}, ${lines}, ${as}, ${total}, ${key}) as answer`
      return row?.answer as CounterOrder
    },
    quote: async (variantId: string, quantity = 1) => {
      const lines = db.json([{ variant_id: variantId, quantity }])
      const [row] = await db`select public.quote_sale(${locationId}, ${lines}) as answer`
      return row?.answer as { total_minor: number; lines: { left: number }[] }
    },
    takeAndHandOver: async (orderId: string, as: string, key: string = randomUUID()) => {
      const [row] =
        await db`select public.fulfil_order(${orderId}, ${locationId}, ${key}, taken_as => ${as}) as answer`
      return row?.answer as CounterOrder
    },
  }
}
