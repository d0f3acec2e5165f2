import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { aCount, found } from '@/tests/support/shop/counts'
import { stagedInventory } from '@/tests/support/shop/imports'
import { aGuest, aToken, letPass, thePackingTable, theProvider } from '@/tests/support/shop/shopping'
import { actAs, deliver, person } from './database'

export type Goods = { variantId: string; sku: string; placeId: string; placeSlug: string }

/** One week in a steady shop: the same every week, so that a table that grows does so for lack of a rule. */
export async function aWeek(sql: Sql, goods: Goods): Promise<void> {
  const { variantId, placeId } = goods
  // As many as are sold below.
  await deliver(sql, variantId, placeId, 3)
  await visits(sql, goods)
  await anAccountThatGoes(sql, variantId)
  await officeWork(sql, goods)
  // Holds and payments that nobody came back for run out, and the alert about them ends.
  await letPass(sql, '1 hour')
  for (let released = 1; released > 0; ) {
    const [row] = await sql`select public.release_expired_holds() as n`
    released = Number(row?.n)
  }
  await sql`select public.find_alerts()`
  await sql`update private.clock_offset set ahead = '0'`
}

/** Guests who leave, who pay at the counter, who pay now, and who never pay; one holds nearly all there is. */
async function visits(sql: Sql, { variantId, placeId }: Goods): Promise<void> {
  for (let leaving = 0; leaving < 3; leaving++) await aGuest(sql).hold(variantId)
  const [counter, prompt, never, greedy] = [aGuest(sql), aGuest(sql), aGuest(sql), aGuest(sql)]
  await counter.hold(variantId, 2)
  const placed = await counter.place()
  await thePackingTable(sql).fulfil(placed.order_id, placeId)
  await prompt.hold(variantId)
  const { payment_id, order_id, total_minor } = await prompt.place('sandbox')
  await (await theProvider(sql))(payment_id, 'captured', total_minor)
  await thePackingTable(sql).fulfil(order_id, placeId)
  await never.hold(variantId)
  await never.place('sandbox')
  const [left] = await sql`select available from public.availability where variant_id = ${variantId}`
  await greedy.hold(variantId, Number(left?.available))
  await sql`select public.find_alerts()`
  await greedy.release(variantId)
}

async function anAccountThatGoes(sql: Sql, variantId: string): Promise<void> {
  const caller = await person(sql)
  await sql.begin(async (tx) => {
    await actAs(tx, caller)
    const buyer = aGuest(tx, aToken())
    await buyer.hold(variantId)
    const { order_id } = await buyer.place()
    await buyer.cancel(order_id)
    await buyer.hold(variantId)
  })
  await sql.begin(async (tx) => {
    await actAs(tx, caller)
    await tx`select public.erase_account(${randomUUID()})`
  })
}

/** A count that is abandoned, a file that nobody applies, and an invitation. */
async function officeWork(sql: Sql, { sku, placeId, placeSlug }: Goods): Promise<void> {
  const count = await aCount(sql, placeId)
  await count.record(found(sku, 1))
  await count.abandon()
  await stagedInventory(sql, [
    { SKU: sku, Location: placeSlug, 'On hand (current)': '1', 'On hand (new)': '2' },
  ])
  await sql`select public.invite_staff_member(${`${randomUUID()}@onhand.test`}, 'Ann', 'viewer', ${aToken()}, ${randomUUID()})`
}

/**
 * A week passes: every moment that is stored lies a week further back. Unlike a clock that runs ahead, this leaves a
 * row that is written next week young.
 */
export async function weekPasses(sql: Sql): Promise<void> {
  const columns = await sql`
    select format('%I.%I', table_schema, table_name) as table, string_agg(format('%1$I = %1$I - $1::interval', column_name), ', ') as set
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema in ('public', 'private') and table_type = 'BASE TABLE' and data_type = 'timestamp with time zone'
    group by 1`
  await sql.begin(async (tx) => {
    for (const { table, set } of columns) {
      await tx.unsafe(`alter table ${table} disable trigger user`)
      // In two steps: where a moment is part of a key, the next row would be in the way.
      for (const step of ['1000 years', '-1000 years 7 days'])
        await tx.unsafe(`update ${table} set ${set}`, [step])
      await tx.unsafe(`alter table ${table} enable trigger user`)
    }
  })
}

/** How many rows each table has. */
export async function sizes(sql: Sql): Promise<Map<string, number>> {
  const tables = await sql`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('public', 'private') and table_type = 'BASE TABLE' order by 1`
  const counted = new Map<string, number>()
  for (const { name } of tables) {
    const [row] = await sql.unsafe(`select count(*)::int as rows from ${name}`)
    counted.set(name, Number(row?.rows))
  }
  return counted
}
