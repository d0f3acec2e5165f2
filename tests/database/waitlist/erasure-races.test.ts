import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, aShop, type Caller, connect, person, type Tx } from '@/tests/support/database'
import { endsOrWaits, openTransaction, settled } from '@/tests/support/waitlist/concurrent'
import { entriesOf } from '@/tests/support/waitlist/waitlist'

// An account is deleted while it joins a waitlist. Races commit, on rows of their own.
const sql = connect(4)
afterAll(() => sql.end({ timeout: 1 }))

const join = (variantId: string, caller: Caller) => async (tx: Tx) => {
  await actAs(tx, caller)
  await tx`select public.join_waitlist(${variantId}, ${randomUUID()})`
}
const erase = (caller: Caller) => async (tx: Tx) => {
  await actAs(tx, caller)
  await tx`select public.erase_account(${randomUUID()})`
}
const plainDelete = (caller: Caller) => async (tx: Tx) => {
  await tx`delete from auth.users where id = ${caller.userId ?? ''}`
}

async function aShopper() {
  const [variantId = ''] = (await aShop(sql)).variants
  return { variantId, caller: await person(sql) }
}

const accountsOf = async (caller: Caller) =>
  (await sql`select from auth.users where id = ${caller.userId ?? ''}`).length

for (const [way, remove] of [
  ['by its person', erase],
  ['by a plain delete', plainDelete],
] as const) {
  test(`an account that joins in the same moment is deleted ${way}, with its entry`, async () => {
    const { variantId, caller } = await aShopper()
    const joining = await openTransaction(sql, join(variantId, caller))

    const deleted = settled(sql.begin(remove(caller)))
    expect(await endsOrWaits(sql, deleted)).toBe('waits')
    expect(await joining.end()).toBe('done')

    expect(await deleted).toBe('done')
    expect(await accountsOf(caller)).toBe(0)
    expect(await entriesOf(sql, variantId)).toEqual([])
    expect([...(await sql`select * from private.inventory_drift()`)]).toEqual([])
  })

  test(`an account that is being deleted ${way} joins no waitlist, and no join waits for it`, async () => {
    const { variantId, caller } = await aShopper()
    const deleting = await openTransaction(sql, remove(caller))

    expect(await endsOrWaits(sql, settled(sql.begin(join(variantId, caller))))).toBe('busy')
    expect(await deleting.end()).toBe('done')

    expect(await settled(sql.begin(join(variantId, caller)))).toBe('signed_out')
    expect(await entriesOf(sql, variantId)).toEqual([])
  })
}

test('an account whose offer has ended joins again while it is deleted: there is no deadlock', async () => {
  const { variantId, caller } = await aShopper()
  await sql`insert into private.waitlist (variant_id, user_id, email, status, place, offered_until)
    values (${variantId}, ${caller.userId ?? ''}, ${`${caller.userId}@onhand.test`}, 'lapsed',
      nextval('private.waitlist_places'), now())`
  const holder = await openTransaction(
    sql,
    (tx) => tx`select private.lock_variants(array[${variantId}::uuid])`,
  )
  const joined = settled(sql.begin(join(variantId, caller)))
  expect(await endsOrWaits(sql, joined, 1)).toBe('waits')
  const deleted = settled(sql.begin(plainDelete(caller)))
  expect(await endsOrWaits(sql, deleted, 2)).toBe('waits')

  expect(await holder.end()).toBe('done')

  expect([await joined, await deleted]).toEqual(['busy', 'done'])
  expect(await entriesOf(sql, variantId)).toEqual([])
})
