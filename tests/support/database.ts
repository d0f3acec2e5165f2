import { randomUUID } from 'node:crypto'
import postgres, { type Sql, type TransactionSql } from 'postgres'

/** The database under test; tests/support/stack.ts sets the address. */
export function connect(connections = 4, url = process.env.DATABASE_URL): Sql {
  if (!url)
    throw new Error(
      'DATABASE_URL is not set: run the database tests by "npm test" or "npx vitest run --project database".',
    )
  return postgres(url, { max: connections, onnotice: () => undefined, types: { bigint: postgres.BigInt } })
}

export type Role = 'anon' | 'authenticated' | 'service_role'
export type Caller = { role: Role; userId?: string }

/** A guest with the publishable key alone. */
export const shopper: Caller = { role: 'anon' }
/** A guest, for whom the shop's server speaks: with the secret key, and their token in every call. */
export const guest: Caller = { role: 'service_role' }
export const secretKey: Caller = { role: 'service_role' }

export type Tx = TransactionSql

class RolledBack extends Error {}

/** Runs the work in a transaction that is always rolled back. */
export async function rolledBack<T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined
  await sql
    .begin(async (tx) => {
      result = { value: await work(tx) }
      // Deferred checks run now: there will be no commit. (Not where the last statement was refused.)
      await tx`set constraints all immediate`.catch((error: { code?: string }) => {
        if (error.code !== '25P02') throw error
      })
      throw new RolledBack()
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error
    })
  if (!result) throw new Error('the transaction ended before the work did')
  return result.value
}

/** Until the transaction ends, calls run as the Data API would run them for this caller. */
export async function actAs(tx: Tx, caller: Caller): Promise<void> {
  const claims = JSON.stringify({ role: caller.role, ...(caller.userId ? { sub: caller.userId } : {}) })
  await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', ${caller.role}, true)`
}

/** Back to the owner of the tables, inside the same transaction. */
export async function actAsOwner(tx: Tx): Promise<void> {
  await tx`select set_config('role', 'none', true), set_config('request.jwt.claims', '', true)`
}

/** A signed-in staff member (or, without a role, a signed-in shopper). */
export async function person(sql: Sql | Tx, role?: 'viewer' | 'stock' | 'manager'): Promise<Caller> {
  const userId = randomUUID()
  const email = `${userId}@onhand.test`
  await sql`insert into auth.users (id, email) values (${userId}, ${email})`
  if (role) {
    await sql`insert into public.staff (user_id, name, email, role) values (${userId}, ${role}, ${email}, ${role})`
  }
  return { role: 'authenticated', userId }
}

export type Shop = { productId: string; variants: string[]; locations: [string, string] }

/** A new product with so many variants, and two locations. */
export async function aShop(
  sql: Sql | Tx,
  variants = 1,
  status: 'active' | 'draft' = 'active',
): Promise<Shop> {
  const productId = randomUUID()
  const tag = productId.slice(0, 8)
  const handle = `mug-${tag}`
  const ids = Array.from({ length: variants }, () => randomUUID())
  const locations: [string, string] = [randomUUID(), randomUUID()]
  await sql`insert into public.categories (slug, title) values ('tests', 'Tests') on conflict do nothing`
  await sql`insert into public.products (id, handle, title, category, status)
    values (${productId}, ${handle}, 'Mug', 'tests', ${status})`
  await sql`insert into public.variants (id, product_id, sku, option_values, price_minor)
    select id, ${productId}, 'MUG-' || id, array[id::text], 1200 from unnest(${ids}::uuid[]) as id`
  await sql`insert into public.locations (id, slug, name, position)
    values (${locations[0]}, ${`shop-${tag}`}, 'Shop', 90), (${locations[1]}, ${`store-${tag}`}, 'Store', 91)`
  return { productId, variants: ids, locations }
}

/** Puts units there through the ledger, as a delivery. */
export async function deliver(
  sql: Sql | Tx,
  variantId: string,
  locationId: string,
  quantity: number,
): Promise<void> {
  await sql`select from public.receive_stock(${locationId}, ${sql.json([{ variant_id: variantId, quantity }])}, 'DN-1', ${randomUUID()})`
}

/** The refusal a statement ended with: its code and parsed detail. Fails when it was not refused. */
export async function refusal(
  work: Promise<unknown>,
): Promise<{ status: number; code: string; detail: Record<string, unknown>; hint: string }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof postgres.PostgresError) || !error.code.startsWith('PT')) {
    throw new Error('expected a refusal', { cause: error ?? 'it was accepted' })
  }
  return {
    status: Number(error.code.slice(2)),
    code: error.message,
    detail: JSON.parse(error.detail ?? '{}') as Record<string, unknown>,
    hint: error.hint ?? '',
  }
}

/** The refusal that work meets; what it did before is undone. */
export function refused(tx: Tx, work: (nested: Tx) => Promise<unknown>): ReturnType<typeof refusal> {
  return refusal(tx.savepoint((nested) => work(nested)))
}
