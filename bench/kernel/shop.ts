import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Shop } from '@/tests/support/database'

/** A million of each, and a name for every cart that a script can compute. */
export async function stockUp(sql: Sql, shop: Shop): Promise<void> {
  // The same carts order in every round and never pay.
  await sql`update private.shop_limits set unpaid_orders = 1000000, unpaid_minor = 1000000000`
  const lines = shop.variants.map((variant_id) => ({ variant_id, quantity: 1_000_000 }))
  await sql`select from public.receive_stock(${shop.locations[0]}, ${sql.json(lines)}, 'DN', ${randomUUID()})`
  await sql`create function private.bench_token(client integer, n bigint) returns text language sql immutable
    as $$ select rpad('bench-' || client || '-' || n || '-', 40, 'x') $$`
  await sql`create table public.bench_variants as
    select n, id from unnest(${shop.variants}::uuid[]) with ordinality as variant (id, n)`
  await sql`create unique index on public.bench_variants (n)`
}

/** The same name, in here. */
export const benchToken = (client: number, n: number) => `bench-${client}-${n}-`.padEnd(40, 'x')

/** So many carts per client, one unit in each, nothing held. */
export async function fillCarts(sql: Sql, variants: string[], clients: number, each: number): Promise<void> {
  await sql`delete from public.cart_lines`
  // The carts of the round before are other guests', whom no rate remembers.
  await sql`truncate private.spendings`
  await sql`insert into public.carts (token_hash)
    select sha256(convert_to(private.bench_token(client, n), 'UTF8'))
    from generate_series(0, ${clients - 1}::int) as clients (client), generate_series(1, ${each}::int) as numbers (n)
    on conflict do nothing`
  await sql`insert into public.cart_lines (cart_id, variant_id, quantity, price_minor, held_since)
    select carts.id, (${variants}::uuid[])[1 + (client * 31 + n * 17) % ${variants.length}::int], 1, 0, now()
    from generate_series(0, ${clients - 1}::int) as clients (client)
    cross join generate_series(1, ${each}::int) as numbers (n)
    join public.carts on carts.token_hash = sha256(convert_to(private.bench_token(client, n), 'UTF8'))`
  await sql`vacuum analyze public.cart_lines, public.carts`
}

/** Years of trade: ledger lines over all variants, written past the triggers, which would only add zeros. */
export async function growTheLedger(sql: Sql, shop: Shop, lines: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`alter table public.stock_movements disable trigger user`
    await tx`insert into public.stock_movements (variant_id, location_id, delta, reason, created_at)
      select (${shop.variants}::uuid[])[1 + n % 1000], ${shop.locations[0]}, case when n % 2000 < 1000 then 1 else -1 end, 'correction',
        now() - make_interval(secs => n)
      from generate_series(1, ${lines}::int) as n`
    await tx`alter table public.stock_movements enable trigger user`
  })
  // Now, or the autovacuum would do it in the middle of what is measured.
  await sql`vacuum analyze`
}
