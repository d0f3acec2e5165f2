import type { Sql } from 'postgres'

/**
 * One call to the shop: its request (the same text however often it is sent), and the effect of its success in the
 * model.
 */
export type Call = {
  operation: string
  send: (sql: Sql, key: string) => Promise<unknown>
  /** Units that come to (+) or leave (-) a level when it succeeds; the answer decides where it must. */
  moves?: (answer: Answer) => Map<string, number>
  /** Called once for the first good answer. */
  learn?: (answer: Answer) => void
  about?: About
}
export type Answer = Record<string, unknown>

/** The subject of a call, for the check of its response later. */
export type About = {
  /** The secret of the cart it changes or orders. */
  cart?: string
  /** Its effect on the cart: units of a variant added (+) or removed (-); all of them when null. */
  line?: { variantId: string; by: number | null }
  order?: string
  payment?: 'captured' | 'declined' | 'refunded'
  handsOver?: ItemUnits[]
  takesBack?: ItemUnits[]
}
export type ItemUnits = { order_item_id: number; quantity: number }

/** The one of a list that a number names, whatever the number. */
export const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T

/** The column `answer` of the one row. */
export const ask = (query: PromiseLike<readonly { [name: string]: unknown }[]>): Promise<unknown> =>
  Promise.resolve(query).then((rows) => rows[0]?.answer)

export function summed(entries: Iterable<readonly [string, number]>): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [key, units] of entries) sums.set(key, (sums.get(key) ?? 0) + units)
  return sums
}
