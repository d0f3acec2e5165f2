import type { Sql, TransactionSql } from 'postgres'

export const quantities = ['on_hand', 'held', 'committed', 'safety', 'available'] as const

export type Explanation = {
  units: number
  /** The moment that is answered for; null: now. */
  at: string | null
  parts: { kind: string; units: number; [field: string]: unknown }[]
}

/** The parts of a number, as public.explain_quantity returns them. */
export async function explain(
  db: Sql | TransactionSql,
  variantId: string,
  locationId: string,
  quantity: string,
  at: string | null = null,
): Promise<Explanation> {
  const [row] = await db`
    select public.explain_quantity(${variantId}, ${locationId}, ${quantity}, ${at}) as answer`
  return row?.answer as Explanation
}

export function sumOf(parts: readonly { units: number }[]): number {
  return parts.reduce((sum, { units }) => sum + units, 0)
}
