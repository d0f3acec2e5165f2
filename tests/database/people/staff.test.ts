import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { caller, everyone, expectAllowedFrom, reaches } from '@/tests/support/everyone'
import { onADevice, theOffice } from '@/tests/support/people'

const sql = connect(4)
afterAll(() => sql.end())

/** Nobody else manages this shop, for the length of the test. */
const aloneInCharge = (tx: Tx, userIds: string[]) =>
  tx`update public.staff set active = false where role = 'manager' and user_id <> all (${userIds}::uuid[])`

/** The caller's view of the staff and the ledger: everything staff can see, or nothing. */
const seesStock = async (tx: Tx) =>
  (await tx`select private.staff_role() is not null as sees`)[0]?.sees as boolean

test('a changed role counts at once', () =>
  rolledBack(sql, async (tx) => {
    const manager = await person(tx, 'manager')
    const keeper = await person(tx, 'stock')
    await actAs(tx, manager)

    expect(await theOffice(tx).change(keeper, { role: 'viewer' })).toEqual({
      role: 'viewer',
      location_ids: null,
      active: true,
      version: 2n,
    })

    await actAs(tx, keeper)
    const [{ role } = { role: '' }] = await tx`select private.staff_role() as role`
    expect(role).toBe('viewer')
  }))

test('a former staff member sees only that they left, and can be readmitted', () =>
  rolledBack(sql, async (tx) => {
    const manager = await person(tx, 'manager')
    const keeper = await person(tx, 'stock')
    await actAs(tx, manager)
    await theOffice(tx).change(keeper, { role: 'stock', active: false })

    await actAs(tx, keeper)
    expect(await seesStock(tx)).toBe(false)
    expect([...(await tx`select active from public.staff`)]).toEqual([{ active: false }])

    await actAs(tx, manager)
    await theOffice(tx).change(keeper, { role: 'stock' }, { seen: 2 })
    await actAs(tx, keeper)
    expect(await seesStock(tx)).toBe(true)
  }))

test('a concurrent change to a staff member is not overwritten unseen', () =>
  rolledBack(sql, async (tx) => {
    const keeper = await person(tx, 'stock')
    await actAs(tx, await person(tx, 'manager'))
    await theOffice(tx).change(keeper, { role: 'viewer' })

    expect((await refusal(theOffice(tx).change(keeper, { role: 'manager' }))).code).toBe(
      'staff_member_changed',
    )
  }))

test('the same change sent twice is one', () =>
  rolledBack(sql, async (tx) => {
    const keeper = await person(tx, 'stock')
    await actAs(tx, await person(tx, 'manager'))
    const key = randomUUID()

    const first = await theOffice(tx).change(keeper, { role: 'viewer' }, { key })

    expect(await theOffice(tx).change(keeper, { role: 'viewer' }, { key })).toEqual(first)
  }))

test.for([{ role: 'stock' as const }, { role: 'manager' as const, active: false }])(
  'the last manager stays one: $role',
  (rights) =>
    rolledBack(sql, async (tx) => {
      const manager = await person(tx, 'manager')
      await aloneInCharge(tx, [manager.userId ?? ''])
      await actAs(tx, manager)

      expect((await refusal(theOffice(tx).change(manager, rights, { sure: true }))).code).toBe('last_manager')
    }),
)

test('a manager gives up the role only when they say that they are sure', () =>
  rolledBack(sql, async (tx) => {
    const manager = await person(tx, 'manager')
    await person(tx, 'manager')
    await actAs(tx, manager)

    const asked = tx.savepoint((at) => theOffice(at).change(manager, { role: 'viewer' }))
    expect((await refusal(asked)).code).toBe('own_access')
    expect(await theOffice(tx).change(manager, { role: 'viewer' }, { sure: true })).toMatchObject({
      role: 'viewer',
    })
  }))

test('two managers who take the role from each other at once do not both succeed', async () => {
  const [ada, ben] = [await person(sql, 'manager'), await person(sql, 'manager')]
  const others = await sql`update public.staff set active = false
    where role = 'manager' and active and user_id <> all (${[ada.userId ?? '', ben.userId ?? '']}::uuid[]) returning user_id`
  try {
    const demote = (by: typeof ada, whom: typeof ada) =>
      sql.begin(async (tx) => {
        await actAs(tx, by)
        return theOffice(tx).change(whom, { role: 'viewer' })
      })
    const ended = await Promise.allSettled([demote(ada, ben), demote(ben, ada)])

    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  } finally {
    await sql`update public.staff set active = true where user_id = any (${others.map((row) => String(row.user_id))}::uuid[])`
    await sql`delete from public.staff where user_id = any (${[ada.userId ?? '', ben.userId ?? '']}::uuid[])`
  }
})

test('signed out everywhere, the tokens of every device are worth nothing at once', () =>
  rolledBack(sql, async (tx) => {
    const manager = await person(tx, 'manager')
    const keeper = await person(tx, 'stock')
    await onADevice(tx, keeper)
    const device = await tx`select current_setting('request.jwt.claims') as claims`
    expect(await seesStock(tx)).toBe(true)

    await actAsOwner(tx)
    await actAs(tx, manager)
    expect(await theOffice(tx).signOut(keeper)).toBe(1)

    await tx`select set_config('request.jwt.claims', ${String(device[0]?.claims)}, true)`
    expect(await seesStock(tx)).toBe(false)
    await actAsOwner(tx)
    await onADevice(tx, keeper)
    expect(await seesStock(tx)).toBe(true)
  }))

test.for(everyone)('a %s changes staff members only if they manage', (who) =>
  rolledBack(sql, async (tx) => {
    const keeper = await person(tx, 'stock')
    await actAs(tx, await caller(tx, who))

    await expectAllowedFrom(
      'manager',
      who,
      tx.savepoint((at) => theOffice(at).change(keeper, { role: 'viewer' })),
    )
    await expectAllowedFrom(
      'manager',
      who,
      tx.savepoint((at) => theOffice(at).signOut(keeper)),
    )
  }),
)

test.for(everyone)('a %s signs themselves out everywhere if they work here', (who) =>
  rolledBack(sql, async (tx) => {
    const me = await caller(tx, who)
    await actAs(tx, me)
    if (!me.userId) return

    const ended = tx.savepoint((at) => theOffice(at).signOut(me))

    if (reaches(who, 'viewer')) expect(await ended).toBe(0)
    else expect((await refusal(ended)).code).toBe('role_required')
  }),
)
