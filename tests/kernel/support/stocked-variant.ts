import type { Sql } from 'postgres'
import { aShop, deliver } from '@/tests/support/database'

/** So many of one variant in the shop, none in the store, and none of its sibling. */
export async function stockedVariant(sql: Sql, units: number) {
  const shop = await aShop(sql, 2)
  const [variantId = '', siblingId = ''] = shop.variants
  await deliver(sql, variantId, shop.locations[0], units)
  return { ...shop, variantId, siblingId }
}

/** The outcome of a call: success, or the code of the refusal. */
export const told = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'yes',
    (error: Error) => error.message,
  )

export const count = (answers: string[], which: string): number =>
  answers.filter((answer) => answer === which).length
