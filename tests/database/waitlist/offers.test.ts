import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, deliver, person, rolledBack, type Tx } from '@/tests/support/database'
import { anOrder, as, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, aToken, countsOf, drift, endOverdue, letPass, shelfOf } from '@/tests/support/shop/shopping'
import { cannotBuy, joinWaitlist, soldOut, statusesOf } from '@/tests/support/waitlist/waitlist'

const sql = connect(2)
afterAll(() => sql.end())

test('as many offers are made as units came, first come first served, and no other visitor can buy one', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await soldOut(tx, 3)

    await deliver(tx, variantId, locations[0], 2)

    expect(await statusesOf(tx, variantId)).toEqual(['offered', 'offered', 'waiting'])
    expect(await countsOf(tx, variantId)).toMatchObject({ on_hand: 2, held: 2, available: 0 })
    expect(await shelfOf(tx, variantId)).toEqual({ band: 'out', left: null })
    await cannotBuy(tx, variantId)
    expect(await drift(tx)).toEqual([])
  }))

test('units that no entry waits for are for every visitor', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await soldOut(tx, 1)
    await deliver(tx, variantId, locations[0], 3)
    expect(await shelfOf(tx, variantId)).toEqual({ band: 'low', left: 2 })
    expect((await aGuest(tx).hold(variantId, 2)).lines).toMatchObject([{ held: 2 }])
    expect(await drift(tx)).toEqual([])
  }))

test('the units of the open shelf are not offered, and are when the shop wants fewer there', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.shop_limits set open_units = 2`
    const { variantId, locations } = await soldOut(tx, 2)
    await deliver(tx, variantId, locations[0], 3)
    expect(await statusesOf(tx, variantId)).toEqual(['offered', 'waiting'])
    expect(await countsOf(tx, variantId)).toMatchObject({ available: 2 })
    await tx`update private.shop_limits set open_units = 1`
    expect(await statusesOf(tx, variantId)).toEqual(['offered', 'offered'])
    expect(await drift(tx)).toEqual([])
  }))

test('a lapsed offer goes to the next person at once, also when a visitor asks for the unit', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await soldOut(tx, 3)
    await deliver(tx, variantId, locations[0], 1)
    await letPass(tx, '1 hour 59 minutes')
    await endOverdue(tx)
    expect(await statusesOf(tx, variantId)).toEqual(['offered', 'waiting', 'waiting'])

    await letPass(tx, '2 minutes')
    await cannotBuy(tx, variantId)
    await endOverdue(tx)
    expect(await statusesOf(tx, variantId)).toEqual(['lapsed', 'offered', 'waiting'])
    await cannotBuy(tx, variantId)
    expect(await drift(tx)).toEqual([])
  }))

test('the last lapsed offer puts its unit on the shelf', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await soldOut(tx, 1)
    await deliver(tx, variantId, locations[0], 1)
    await letPass(tx, '2 hours 1 minute')
    await aGuest(tx).hold(variantId)
    expect(await statusesOf(tx, variantId)).toEqual(['lapsed'])
    const [row] = await tx`select in_line from public.availability where variant_id = ${variantId}`
    expect(row?.in_line).toBe(0)
    expect(await drift(tx)).toEqual([])
  }))

test('a unit that cannot be found is not offered, and the order comes before the waitlist', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 2)
    const { placed, itemId } = await anOrder(tx, variantId, 2)
    await joinWaitlist(tx, variantId, 1)
    await tx`select public.short_pick(${placed.order_id}, ${locations[0]}, ${itemId}, 1, ${randomUUID()})`
    expect(await statusesOf(tx, variantId)).toEqual(['waiting'])
    expect(await countsOf(tx, variantId)).toMatchObject({ on_hand: 1, committed: 1, available: 0 })
    expect(await drift(tx)).toEqual([])
  }))

test('a guest who signs in keeps what both of their carts hold, however long the waitlist is', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 2)
    const token = aToken()
    await aGuest(tx, token).hold(variantId)
    const account = await holdAndOneWaits(tx, variantId)
    const cart = await as(tx, { role: 'authenticated', userId: account }, async () => aGuest(tx).adopt(token))
    expect(cart.lines).toMatchObject([{ quantity: 2, held: 2 }])
    expect(await statusesOf(tx, variantId)).toEqual(['waiting'])
    expect(await drift(tx)).toEqual([])
  }))

/** An account that holds the last unit, with another one on the waitlist. */
async function holdAndOneWaits(tx: Tx, variantId: string): Promise<string> {
  const { userId = '' } = await person(tx)
  await as(tx, { role: 'authenticated', userId }, () =>
    tx`select public.hold_stock(${variantId}, 1, ${randomUUID()})`.then(() => undefined),
  )
  await joinWaitlist(tx, variantId, 1)
  return userId
}

test.for([
  [
    'an offer without a unit',
    `update private.waitlist set status = 'offered', offered_until = now() where variant_id = $1`,
  ],
  [
    'a unit without an offer',
    `update private.waitlist set status = 'accepted' where variant_id = $1 and status = 'offered'`,
  ],
  [
    'a person who was served out of turn',
    `with later as (
       update private.waitlist set place = nextval('private.waitlist_places') where variant_id = $1 and status = 'offered'
       returning variant_id
     ) update public.availability set version = version + 1 where variant_id in (select variant_id from later)`,
  ],
] as const)('no statement can commit %s', ([, statement]) =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await soldOut(tx, 3)
    await deliver(tx, variantId, locations[0], 1)
    await tx`set constraints all immediate`
    await expect(tx.savepoint((nested) => nested.unsafe(statement, [variantId]))).rejects.toMatchObject({
      code: '23514',
    })
  }),
)
