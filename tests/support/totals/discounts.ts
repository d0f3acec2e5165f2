import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Tx } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest } from '@/tests/support/shop/shopping'

export interface DiscountRow {
  id: string
  version: number
  code: string | null
}

/** A guest with so many units of a new variant in the cart. */
export async function aBuyer(tx: Tx, units = 2) {
  const stocked = await stockedVariant(tx, 9)
  const guest = aGuest(tx)
  await guest.hold(stocked.variantId, units)
  return { ...stocked, guest }
}

/** Adds a discount, 10 % with a code unless the test says otherwise. Resolves with its row. */
export async function addDiscount(db: Sql | Tx, part: object = {}, key: string = randomUUID()) {
  const discount = { title: 'Ten off', kind: 'percent', percent_bp: 1000, code: aCode(), ...part }
  const [row] = await db`select public.save_discount(${db.json(discount as never)}, ${key}) as row`
  return row?.row as DiscountRow & { code: string }
}

export const aCode = () => `TEN-${randomUUID().slice(0, 8).toUpperCase()}`

/** Enters a code for a guest's cart. Resolves with the quote. */
export async function enterCode(db: Sql | Tx, token: string, code: string, network: string | null = null) {
  const [row] = await db`select public.apply_discount(${code}, ${token}, ${network}) as quote`
  return row?.quote as {
    discount_minor: number
    total_minor: number
    tax_minor: number
    discount: { code: string | null; title: string; applies: boolean } | null
  }
}

export const removeCode = (db: Sql | Tx, token: string) => db`select public.remove_discount(${token})`

export async function usesOf(db: Sql | Tx, { id }: DiscountRow) {
  const [row] = await db`select held, used from public.discount_counts where discount_id = ${id}`
  return { ...row } as { held: number; used: number }
}
