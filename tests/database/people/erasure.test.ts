import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  type Caller,
  connect,
  person,
  refusal,
  rolledBack,
  secretKey,
  type Tx,
} from '@/tests/support/database'
import { forget, pass } from '@/tests/support/retention'
import { mentions, orderRow } from '@/tests/support/shop/erased'
import { aGuest, aToken, countsOf, thePackingTable, theProvider } from '@/tests/support/shop/shopping'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

const erase = async (tx: Tx, userId: string | null = null, key: string = randomUUID()) =>
  (await tx`select public.erase_account(${key}, ${userId}) as answer`)[0]?.answer as {
    orders: number
    unfinished: number
  }

/** A shopper with a finished order, an open one and a unit in the cart; everything under one e-mail address. */
async function aCustomer(tx: Tx) {
  const { variantId, shopId } = await twelveUnits(tx)
  const caller = await person(tx)
  const email = `lovelace-${randomUUID()}@example.test`
  await actAs(tx, caller)
  const buyer = aGuest(tx, aToken(), email)
  await buyer.hold(variantId, 2)
  const finished = await buyer.place('sandbox')
  await buyer.hold(variantId, 3)
  const open = await buyer.place()
  await buyer.hold(variantId, 4)
  await actAsOwner(tx)
  await (await theProvider(tx))(finished.payment_id, 'captured', finished.total_minor)
  await thePackingTable(tx).fulfil(finished.order_id, shopId)
  return { variantId, shopId, caller, email, finished, open, userId: caller.userId ?? '' }
}

test('a person deletes their account: holds end, orders stay without them, no sum drifts', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, caller, email, finished, open, userId } = await aCustomer(tx)
    const key = randomUUID()
    await actAs(tx, caller)

    const answer = await erase(tx, null, key)

    expect(answer).toEqual({ orders: 2, unfinished: 1 })
    expect(await erase(tx, null, key)).toEqual(answer)
    await actAsOwner(tx)
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 10, held: 0, committed: 3, available: 7 })
    expect([...(await tx`select from auth.users where id = ${userId}`)]).toEqual([])
    expect(await orderRow(tx, finished.order_id)).toMatchObject({
      user_id: null,
      name: 'Erased',
      address: { line1: 'Erased', postcode: 'Erased', city: 'Erased', country: 'DE' },
      total_minor: BigInt(finished.total_minor),
    })
    expect(await orderRow(tx, open.order_id)).toMatchObject({ user_id: null, email, name: 'Ada' })
    // Keys of the staff who handed it over lose their responses within a day, as all do.
    await pass(tx, '25 hours')
    await forget(tx)
    expect(await mentions(tx, new RegExp(email))).toEqual(['orders'])
    await noDrift(tx)
  }))

test('an unfinished order loses its person once it is handed over', () =>
  rolledBack(sql, async (tx) => {
    const { shopId, caller, email, open } = await aCustomer(tx)
    await actAs(tx, caller)
    await erase(tx)
    await actAsOwner(tx)
    await forget(tx)
    expect(await orderRow(tx, open.order_id)).toMatchObject({ email, erased_at: null })

    await thePackingTable(tx).fulfil(open.order_id, shopId)
    await pass(tx, '25 hours')
    await forget(tx)

    expect(await mentions(tx, new RegExp(email))).toEqual([])
    await noDrift(tx)
  }))

test('an administrator can delete an account with a plain delete, whatever it holds', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, finished, userId } = await aCustomer(tx)

    await tx`delete from auth.users where id = ${userId}`

    expect(await countsOf(tx, variantId)).toMatchObject({ held: 0, committed: 3 })
    expect(await orderRow(tx, finished.order_id)).toMatchObject({ name: 'Erased', user_id: null })
    await noDrift(tx)
  }))

test('nobody can delete the account of another person, but managers and the shop can', () =>
  rolledBack(sql, async (tx) => {
    const { userId, caller } = await aCustomer(tx)
    const stays = async (who: Caller) => {
      await actAs(tx, who)
      const refused = await refusal(tx.savepoint((nested) => erase(nested, userId)))
      expect(refused).toMatchObject({ status: 403, code: 'role_required' })
      await actAsOwner(tx)
    }
    await stays(await person(tx))
    await stays(await person(tx, 'viewer'))
    await stays(await person(tx, 'stock'))
    await actAs(tx, { role: 'anon' })
    await expect(tx.savepoint((nested) => erase(nested, userId))).rejects.toThrow('permission denied')
    await actAsOwner(tx)
    expect([...(await tx`select from auth.users where id = ${userId}`)]).toHaveLength(1)

    await actAs(tx, await person(tx, 'manager'))
    expect(await erase(tx, userId)).toEqual({ orders: 2, unfinished: 1 })
    await actAs(tx, secretKey)
    expect((await refusal(tx.savepoint((nested) => erase(nested, caller.userId)))).code).toBe('not_found')
    expect((await refusal(tx.savepoint((nested) => erase(nested)))).code).toBe('invalid_input')
  }))

test('a staff member leaves for good: history stays, and is signed by a former staff member', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const [boss, member] = [await person(tx, 'manager'), await person(tx, 'manager')]
    await tx`update public.staff set name = 'Grace Hopper', email = 'grace.hopper@onhand.test' where user_id = ${member.userId ?? ''}`
    await tx`update auth.users set email = 'grace.hopper@onhand.test' where id = ${member.userId ?? ''}`
    await actAs(tx, member)
    await tx`select public.adjust_stock(${variantId}, ${shopId}, -1, 'damage', ${randomUUID()})`
    await tx`select public.invite_staff_member('new@onhand.test', 'New', 'viewer', ${aToken()}, ${randomUUID()})`
    await actAs(tx, boss)

    await erase(tx, member.userId)

    const trail =
      await tx`select actor_name, action, subject, label from public.read_trail(who => ${member.userId ?? ''})`
    expect(new Set(trail.map((line) => line.actor_name))).toEqual(new Set(['Former staff member']))
    expect(trail.map((line) => line.subject)).toContain('stock')
    await actAsOwner(tx)
    expect((await tx`select * from public.staff where user_id = ${member.userId ?? ''}`)[0]).toMatchObject({
      name: 'Former staff member',
      active: false,
    })
    expect(await mentions(tx, /Grace Hopper|grace\.hopper/)).toEqual([])
    const [line] = await tx`select actor, label from public.audit_trail where action = 'erased'`
    expect(line).toEqual({ actor: boss.userId, label: 'Former staff member' })
    await noDrift(tx)
  }))

test('the last manager cannot delete the account, only an administrator of the database can', () =>
  rolledBack(sql, async (tx) => {
    await tx`update public.staff set active = false where role = 'manager'`
    const last = await person(tx, 'manager')
    await actAs(tx, last)

    expect((await refusal(tx.savepoint((nested) => erase(nested)))).code).toBe('last_manager')

    await actAsOwner(tx)
    await tx`delete from auth.users where id = ${last.userId ?? ''}`
    expect((await tx`select active from public.staff where user_id = ${last.userId ?? ''}`)[0]?.active).toBe(
      false,
    )
  }))

test('append-only rows change in personal fields alone, and only while a person is erased', () =>
  rolledBack(sql, async (tx) => {
    await person(tx, 'stock')
    const change = (assignment: string) =>
      refusal(tx.savepoint((nested) => nested.unsafe(`update public.audit_trail set ${assignment}`)))
    expect((await change(`label = 'x'`)).code).toBe('ledger_is_append_only')
    await tx`select set_config('onhand.erasing', 'on', true)`
    expect((await change(`actor = gen_random_uuid()`)).code).toBe('ledger_is_append_only')
    expect((await change(`action = 'removed'`)).code).toBe('ledger_is_append_only')
  }))
