import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  aShop,
  type Caller,
  connect,
  deliver,
  person,
  refused,
  rolledBack,
  type Tx,
} from '@/tests/support/database'
import { anOrder, as, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, countsOf, drift } from '@/tests/support/shop/shopping'
import { theCounterOf } from '@/tests/support/totals/counter'
import { addDiscount } from '@/tests/support/totals/discounts'

const codeOf = async (tx: Tx, who: Caller, call: (nested: Tx) => Promise<unknown>) =>
  (await as(tx, who, () => refused(tx, call))).code

// Crowds commit, on rows of their own.
const sql = connect(16)
afterAll(() => sql.end())

test('a walk-in sale is paid, handed over and invoiced in one call, and names nobody', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const staff = await person(tx, 'stock')

    const sold = await as(tx, staff, () => theCounterOf(tx, locations[0]).sell(variantId, 2, { as: 'card' }))

    await tx`set constraints all immediate`
    expect(sold).toMatchObject({ status: 'fulfilled', is_walk_in: true, total_minor: 2400 })
    expect(sold.payment).toMatchObject({ status: 'captured', taken_as: 'card', captured_minor: 2400 })
    expect(await countsOf(tx, variantId)).toMatchObject({ on_hand: 3, committed: 0, available: 3 })
    const [order] =
      await tx`select user_id, token_hash, guest_hash from public.orders where id = ${sold.order_id}`
    expect({ ...order }).toEqual({ user_id: null, token_hash: null, guest_hash: null })
    const [written] = await tx`
      select (select count(*)::int from private.invoices where order_id = ${sold.order_id}) as invoices,
        (select count(*)::int from private.mail join public.order_events as event on event.id = mail.event_id
          where event.order_id = ${sold.order_id}) as messages`
    expect({ ...written }).toEqual({ invoices: 1, messages: 0 })
    expect(await drift(tx)).toEqual([])
  }))

test('a sale that is sent twice happens once, and another sale with its key is refused', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const staff = await person(tx, 'stock')
    const sell = (db: Tx, units: number, key: string) =>
      theCounterOf(db, locations[0]).sell(variantId, units, { key })
    const key = randomUUID()

    const first = await as(tx, staff, () => sell(tx, 1, key))
    const second = await as(tx, staff, () => sell(tx, 1, key))

    expect(second).toEqual(first)
    expect(await countsOf(tx, variantId)).toMatchObject({ on_hand: 4 })
    expect(await codeOf(tx, staff, (db) => sell(db, 2, key))).toBe('idempotency_key_reused')
  }))

test('of sixteen who sell the last three units at once, three do', async () => {
  const { variants, locations } = await aShop(sql)
  const [variantId = ''] = variants
  await deliver(sql, variantId, locations[0], 3)
  const team = await Promise.all(Array.from({ length: 16 }, () => person(sql, 'stock')))

  const answers = await Promise.all(
    team.map((who) =>
      sql
        .begin(async (tx) => {
          await actAs(tx, who)
          await theCounterOf(tx, locations[0]).sell(variantId)
          return 'sold'
        })
        .catch((error: Error) => error.message),
    ),
  )

  expect(answers.filter((answer) => answer === 'sold')).toHaveLength(3)
  expect(answers.filter((answer) => answer === 'not_enough_left')).toHaveLength(13)
  expect(await countsOf(sql, variantId)).toMatchObject({ on_hand: 0, committed: 0, available: 0 })
  expect(await drift(sql)).toEqual([])
})

test('the counter does not sell units that a shopper has reserved, or that lie elsewhere', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 1)
    await deliver(tx, variantId, locations[1], 4)
    const staff = await person(tx, 'stock')
    const sell = (db: Tx, units: number) => theCounterOf(db, locations[0]).sell(variantId, units)

    expect(await codeOf(tx, staff, (db) => sell(db, 2))).toBe('not_enough_left')
    await aGuest(tx).hold(variantId, 1)
    const quote = await as(tx, staff, () => theCounterOf(tx, locations[0]).quote(variantId))
    expect(quote.lines).toMatchObject([{ left: 0 }])
    expect(await codeOf(tx, staff, (db) => sell(db, 1))).toBe('not_enough_left')
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 1, on_hand: 5 })
  }))

test('a sale is refused for another total, an archived item, a location of others and no way of paying', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx)
    await tx`update public.variants set active = false where id = ${siblingId}`
    const staff = await person(tx, 'stock')
    const viewer = await person(tx, 'viewer')
    const code = (who: Caller, ...sale: [string, number?, { total?: number; as?: string }?]) =>
      codeOf(tx, who, (db) => theCounterOf(db, locations[0]).sell(...sale))

    expect(await code(staff, variantId, 1, { total: 1100 })).toBe('price_changed')
    expect(await code(staff, siblingId)).toBe('not_for_sale')
    expect(await code(staff, randomUUID())).toBe('not_found')
    expect(await code(staff, variantId, 0)).toBe('invalid_input')
    expect(await code(staff, variantId, 100)).toBe('invalid_input')
    expect(await code(staff, variantId, 1, { as: 'cheque' })).toBe('invalid_input')
    expect(await code(viewer, variantId)).toBe('role_required')
    expect(await codeOf(tx, viewer, (db) => theCounterOf(db, locations[0]).quote(variantId))).toBe(
      'role_required',
    )
    expect(await countsOf(tx, variantId)).toMatchObject({ on_hand: 5, available: 5 })
  }))

test('an automatic discount counts at the counter, as it was quoted', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    await addDiscount(tx, { code: null, kind: 'percent', percent_bp: 5000 })
    const staff = await person(tx, 'stock')
    const counter = theCounterOf(tx, locations[0])

    const { total_minor } = await as(tx, staff, () => counter.quote(variantId, 2))
    const sold = await as(tx, staff, () => counter.sell(variantId, 2, { total: total_minor }))

    expect([total_minor, sold.payment.captured_minor]).toEqual([1200, 1200])
  }))

test('money is taken and the items are handed over in one step, or neither', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 2)
    const staff = await person(tx, 'stock')
    const take = (db: Tx, location: string) =>
      theCounterOf(db, location).takeAndHandOver(placed.order_id, 'cash')

    // Its units are at the first location: the second can hand over nothing, and takes nothing.
    expect(await codeOf(tx, staff, (db) => take(db, locations[1]))).toBe('not_allocated_here')
    const [unpaid] =
      await tx`select status, taken_as from public.payments where order_id = ${placed.order_id}`
    expect({ ...unpaid }).toEqual({ status: 'due', taken_as: null })

    const done = await as(tx, staff, () => take(tx, locations[0]))
    expect(done).toMatchObject({ status: 'fulfilled', payment: { status: 'captured', taken_as: 'cash' } })
    expect(await codeOf(tx, staff, (db) => take(db, locations[0]))).toBe('order_not_open')
    expect(await drift(tx)).toEqual([])
  }))
