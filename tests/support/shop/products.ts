import { randomUUID } from 'node:crypto'
import { ProductSheet } from '@/lib/domain/products/editing/sheet'
import type { Tx } from '@/tests/support/database'

/** Changes as save_product takes them. */
export type Changes = Record<string, unknown> & { variants?: Record<string, Record<string, unknown>> }

export async function sheetOf(tx: Tx, productId: string): Promise<ProductSheet> {
  const [row] = await tx`select public.read_product(${productId}) as sheet`
  return ProductSheet.parse(row?.sheet)
}

/** Saves changes made against a version of the product, and answers with what it is then. */
export async function saved(
  tx: Tx,
  seen: ProductSheet,
  changes: Changes,
  key: string = randomUUID(),
): Promise<ProductSheet> {
  const versions = seen.variants.map(({ id, version }) => [id, version])
  const expected = { version: seen.version, variants: Object.fromEntries(versions) }
  const [row] = await tx`
    select public.save_product(${seen.id}, ${tx.json(expected)}, ${tx.json(changes as never)}, ${key}) as sheet`
  return ProductSheet.parse(row?.sheet)
}
