import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  connect,
  person,
  refusal,
  rolledBack,
  secretKey,
  type Tx,
} from '@/tests/support/database'
import { forget, forgetSome, pass } from '@/tests/support/retention'
import {
  aGuest,
  aToken,
  endOverdue,
  letPass,
  thePackingTable,
  theProvider,
} from '@/tests/support/shop/shopping'
import { noDrift, twelveUnits } from '@/tests/support/shop/twelve-units'

const sql = connect(2)
afterAll(() => sql.end())

const count = async (tx: Tx, table: string, where = 'true') =>
  (await tx.unsafe(`select from ${table} where ${where}`)).length
const keyRow = async (tx: Tx, key: string) =>
  (await tx`select * from private.idempotency_keys where key = ${key}`)[0]

test('a key loses personal data after a day, and a repeated request still gets the first response', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    const guest = aGuest(tx, aToken(), 'grace@example.test')
    await guest.hold(variantId, 2)
    const [placing, cancelling] = [randomUUID(), randomUUID()]
    const placed = await guest.place('on_collection', placing)
    const cancelled = await guest.cancel(placed.order_id, cancelling)
    expect(JSON.stringify(await keyRow(tx, cancelling))).toContain('grace@example.test')

    await pass(tx, '25 hours')
    await forget(tx)

    for (const key of [placing, cancelling]) {
      expect(JSON.stringify(await keyRow(tx, key))).not.toMatch(/grace|Ada|Quay/)
    }
    expect(await guest.place('on_collection', placing)).toEqual(placed)
    expect(await guest.cancel(placed.order_id, cancelling)).toMatchObject({
      order_id: placed.order_id,
      status: 'cancelled',
      version: cancelled.version,
      email: 'erased@erased.invalid',
    })
    const other = await refusal(tx.savepoint(() => guest.place('sandbox', placing)))
    expect(other.code).toBe('idempotency_key_reused')
    await noDrift(tx)
  }))

test('a key is kept whole for a day and its response for 30 days, then it is deleted', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    const guest = aGuest(tx)
    const key = randomUUID()
    const cart = await guest.hold(variantId, 2, key)

    await pass(tx, '23 hours')
    await forget(tx)
    expect(await keyRow(tx, key)).toMatchObject({ reduced: false })
    await pass(tx, '28 days')
    await forget(tx)
    expect(await guest.hold(variantId, 2, key)).toEqual(cart)

    await pass(tx, '2 days')
    await forget(tx)
    expect(await keyRow(tx, key)).toBeUndefined()
  }))

test('a guest cart goes after 30 days in which nothing was reserved, and one with a newer line stays', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    const [left, back] = [aGuest(tx), aGuest(tx)]
    const { cart_id: leftId } = await left.hold(variantId)
    const { cart_id: backId } = await back.hold(variantId)
    await letPass(tx, '11 minutes')
    await endOverdue(tx)
    await pass(tx, '20 days')
    await back.hold(variantId)
    await letPass(tx, '11 minutes')
    await endOverdue(tx)
    await pass(tx, '11 days')

    await forget(tx)

    expect(await count(tx, 'public.carts', `id = '${leftId}'`)).toBe(0)
    expect(await count(tx, 'public.cart_lines', `cart_id = '${leftId}'`)).toBe(0)
    expect(await count(tx, 'public.carts', `id = '${backId}'`)).toBe(1)
    await left.hold(variantId)
    expect((await left.cart()).lines).toHaveLength(1)
    await noDrift(tx)
  }))

test('a cart that still holds a unit is never deleted, and a cart of an account stays', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    const guest = await aGuest(tx).hold(variantId)
    await actAs(tx, await person(tx))
    const own = await aGuest(tx).hold(variantId)
    await tx`select set_config('role', 'none', true), set_config('request.jwt.claims', '', true)`
    await pass(tx, '40 days')

    await forget(tx)

    expect(await count(tx, 'public.carts', `id in ('${guest.cart_id}', '${own.cart_id}')`)).toBe(2)
    await endOverdue(tx)
    await forget(tx)
    expect(await count(tx, 'public.carts', `id = '${own.cart_id}'`)).toBe(1)
    await noDrift(tx)
  }))

test('an order keeps its person for ten years; then number, money and country stay', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId } = await twelveUnits(tx)
    const [done, waiting] = [aGuest(tx), aGuest(tx)]
    await done.hold(variantId, 2)
    const placed = await done.place('sandbox')
    await (await theProvider(tx))(placed.payment_id, 'captured', placed.total_minor)
    await waiting.hold(variantId)
    const open = await waiting.place()
    await thePackingTable(tx).confirm(open.order_id)
    await thePackingTable(tx).fulfil(placed.order_id, shopId)
    const order = async (id: string) => (await tx`select * from public.orders where id = ${id}`)[0]

    await pass(tx, '9 years')
    await forget(tx)
    expect(await order(placed.order_id)).toMatchObject({ name: 'Ada', erased_at: null })
    await pass(tx, '1 year 1 day')
    await forget(tx)

    expect(await order(placed.order_id)).toMatchObject({
      email: `erased-${placed.number}@erased.invalid`,
      name: 'Erased',
      address: { line1: 'Erased', country: 'DE' },
      token_hash: null,
      total_minor: BigInt(placed.total_minor),
    })
    expect(await order(open.order_id)).toMatchObject({ name: 'Ada', erased_at: null })
    await noDrift(tx)
  }))

test('an old order leaves its account and what is summed for it; a newer one stays', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    const caller = await person(tx)
    const sums = async () =>
      (await tx`select orders, cancelled from public.customers where user_id = ${caller.userId ?? ''}`)[0]
    async function orderAndCancel() {
      await actAs(tx, caller)
      const buyer = aGuest(tx)
      await buyer.hold(variantId)
      await buyer.cancel((await buyer.place()).order_id)
      await actAsOwner(tx)
    }
    await orderAndCancel()
    await tx`update public.orders set created_at = now() - interval '11 years' where user_id = ${caller.userId ?? ''}`
    await orderAndCancel()

    await forget(tx)

    expect(await sums()).toEqual({ orders: 1, cancelled: 1 })
    await noDrift(tx)
    await pass(tx, '11 years')
    await forget(tx)
    expect(await sums()).toBeUndefined()
    await noDrift(tx)
  }))

test('the network of an order is forgotten after 90 days, its person is not', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    const { order_id } = await guest.place()
    await tx`update public.orders set network = ${'a'.repeat(32)} where id = ${order_id}`
    const order = async () => (await tx`select network, name from public.orders where id = ${order_id}`)[0]

    await pass(tx, '89 days')
    await forget(tx)
    expect(await order()).toMatchObject({ network: 'a'.repeat(32) })
    await pass(tx, '2 days')
    await forget(tx)

    expect(await order()).toEqual({ network: null, name: 'Ada' })
  }))

test('one call ends at most as many rows of a kind as asked, and the next continues', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await twelveUnits(tx)
    const guest = aGuest(tx)
    for (let round = 0; round < 6; round++) await guest.hold(variantId)
    await pass(tx, '2 days')

    const calls: number[] = []
    for (let call = 0; call < 3; call++) {
      calls.push((await forgetSome(tx, 2)).idempotency_keys_personal ?? 0)
    }

    expect(calls).toEqual([2, 2, 2])
  }))

test('only the maintenance job deletes old rows, not a manager and not a shopper', () =>
  rolledBack(sql, async (tx) => {
    for (const caller of [await person(tx, 'manager'), await person(tx), { role: 'anon' as const }]) {
      await actAs(tx, caller)
      await expect(tx.savepoint((nested) => nested`select public.forget_old_rows()`)).rejects.toThrow(
        'permission denied',
      )
      await tx`select set_config('role', 'none', true)`
    }
    await actAs(tx, secretKey)
    expect((await tx`select public.forget_old_rows() as done`)[0]?.done).toMatchObject({ failed: {} })
  }))

test('every rule names a table and column, or a function, that exists', async () => {
  const broken = await sql`
    select kind from private.retention_rules
    where target is not null and not exists (
        select from pg_attribute where attrelid = to_regclass(target) and attname = age and not attisdropped)
      or sweep is not null and to_regprocedure('private.' || sweep || '(timestamptz, integer)') is null`
  expect(broken).toEqual([])
})
