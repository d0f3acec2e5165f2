import type { Sql } from 'postgres'
import type { World } from '@/tests/kernel/history/world'
import { deliver } from '@/tests/support/database'
import type { Fault } from './attempt'
import type { Cast } from './cast'
import { unreadable } from './staff-reads'

/**
 * The faults of the shop as it is now: sums that do not add up, units committed twice, pages that staff cannot open.
 */
export async function inspect(sql: Sql, cast: Cast): Promise<Fault[]> {
  const manager = cast.people.manager[0]
  if (!manager) throw new Error('an adversary without a manager cannot ask what managers see')
  await sql`update public.staff set active = true, role = 'manager', location_ids = null where user_id = ${manager.userId ?? ''}`
  return [
    ...(await drift(sql)),
    ...(await unitsPromisedTwice(sql)),
    ...(await unreadable(sql, manager)).map((example) => ({
      kind: `unreadable: ${example.slice(0, 60)}`,
      example,
    })),
  ]
}

/** Every function of the shop that compares an aggregate with its sources; whatever they are called one day. */
async function drift(sql: Sql): Promise<Fault[]> {
  const checks = await sql`
    select p.proname as name, n.nspname as schema from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where n.nspname in ('public', 'private') and (p.proname like '%\_drift' or p.proname like 'verify\_%')
      and p.pronargs = 0 and p.proretset
    order by 1, 2`
  if (checks.length < 5) throw new Error(`only ${checks.length} functions say whether the shop adds up`)
  const faults: Fault[] = []
  for (const { schema, name } of checks) {
    const rows = await sql`select to_jsonb(t) as row from ${sql(schema)}.${sql(name)}() as t limit 5`
    for (const { row } of rows) faults.push({ kind: `drift: ${name}`, example: JSON.stringify(row) })
  }
  return faults
}

/** Counted here, from orders and allocations alone: the shop's own checks may be what is broken. */
async function unitsPromisedTwice(sql: Sql): Promise<Fault[]> {
  const items = await sql`
    select item.order_id, item.variant_id, item.quantity - item.cancelled - item.fulfilled as open,
      coalesce((select sum(claims.quantity - claims.fulfilled) from public.claims where claims.order_item_id = item.id), 0)::int as kept
    from public.order_items as item join public.orders on orders.id = item.order_id
    where orders.status = 'placed'
      and item.quantity - item.cancelled - item.fulfilled
        <> coalesce((select sum(claims.quantity - claims.fulfilled) from public.claims where claims.order_item_id = item.id), 0)
    limit 5`
  return items.map((item) => ({
    kind: 'oversold: a placed order without its units',
    example: JSON.stringify(item),
  }))
}

/** Opens the shop again for the next round: goods, an hour that lets holds run out, products on sale. */
export async function reopen(sql: Sql, world: World): Promise<void> {
  await sql`update private.clock_offset set ahead = ahead + interval '50 minutes'`
  await sql`update public.locations set active = true where id = any (${world.locations}::uuid[])`
  await sql`update public.products set status = 'active' where handle = ${world.handle}`
  await sql`update public.variants set active = true where id = any (${world.variants}::uuid[]) and not active`
  for (const variantId of world.variants) await deliver(sql, variantId, world.locations[0], 20)
}
