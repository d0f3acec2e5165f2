import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  aShop,
  type Caller,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { as, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, aToken, countsOf, drift, letPass, shelfOf } from '@/tests/support/shop/shopping'

const sql = connect(12)
afterAll(() => sql.end())

test("a guest's cart is merged at sign-in, and its holds keep their age", () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const guest = aGuest(tx)
    const before = await guest.hold(variantId, 2)
    const ada = await person(tx)
    const shelf = await shelfOf(tx, variantId)

    const cart = await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    expect(cart).toMatchObject({ adopted: 1, fewer: [] })
    expect(cart.lines).toMatchObject([
      { variant_id: variantId, quantity: 2, held: 2, expires_at: before.lines[0]?.expires_at },
    ])
    expect((await guest.cart()).lines).toEqual([])
    expect(await shelfOf(tx, variantId)).toEqual(shelf)
    expect(await drift(tx)).toEqual([])
  }))

test('lines in both carts are added up, at the lower price and with the age of the older hold', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx, 5)
    await deliver(tx, siblingId, locations[0], 4)
    const ada = await person(tx)
    const own = await as(tx, ada, () => aGuest(tx).hold(variantId, 1))
    await letPass(tx, '4 minutes')
    await tx`update public.variants set price_minor = 900 where id = ${variantId}`
    const guest = aGuest(tx)
    await guest.hold(siblingId, 1)
    await guest.hold(variantId, 2)

    const cart = await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    expect(cart.lines.find((line) => line.variant_id === variantId)).toMatchObject({
      quantity: 3,
      held: 3,
      price_minor: 900,
    })
    expect(cart.lines.find((line) => line.variant_id === siblingId)).toMatchObject({ quantity: 1, held: 1 })
    const [line] =
      await tx`select held_since from public.cart_lines line join public.carts on carts.id = line.cart_id
        where carts.user_id = ${ada.userId ?? ''} and line.variant_id = ${variantId}`
    expect(line?.held_since).toEqual(new Date(Date.parse(own.lines[0]?.expires_at ?? '') - 600_000))
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 3, available: 2 })
    expect(await drift(tx)).toEqual([])
  }))

test('the last unit is in two carts of one person never twice', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 2)
    const ada = await person(tx)
    await as(tx, ada, () => aGuest(tx).hold(variantId, 1))
    const guest = aGuest(tx)
    await guest.hold(variantId, 1)

    const cart = await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    expect(cart.lines).toMatchObject([{ quantity: 2, held: 2 }])
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 2, available: 0 })
  }))

test('a limit per person holds across both carts and earlier orders, and what is over goes back on the shelf', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    await tx`update public.variants set limit_per_person = 4 where id = ${variantId}`
    const ada = await person(tx)
    await as(tx, ada, async () => {
      const buyer = aGuest(tx)
      await buyer.hold(variantId, 1)
      await buyer.place()
      await buyer.hold(variantId, 2)
    })
    const guest = aGuest(tx)
    await guest.hold(variantId, 3)

    const cart = await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    expect(cart.fewer).toEqual([{ variant_id: variantId, wanted: 5, quantity: 3 }])
    expect(cart.lines).toMatchObject([{ quantity: 3, held: 3 }])
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 3, committed: 1, available: 5 })
    expect(await drift(tx)).toEqual([])
  }))

test("a shopper at the limit of a product keeps none of the guest's units, and none is held", () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 9)
    await tx`update public.variants set limit_per_person = 1 where id = ${variantId}`
    const ada = await person(tx)
    await as(tx, ada, async () => {
      await aGuest(tx).hold(variantId, 1)
      await aGuest(tx).place()
    })
    const guest = aGuest(tx)
    await guest.hold(variantId, 1)

    const cart = await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    expect(cart.lines).toEqual([])
    expect(cart.fewer).toEqual([{ variant_id: variantId, wanted: 1, quantity: 0 }])
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 0, committed: 1, available: 8 })
    expect(await drift(tx)).toEqual([])
  }))

test('a line whose hold has run out comes along marked, and takes nothing from others', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 2)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)
    await letPass(tx, '11 minutes')
    const ada = await person(tx)

    const cart = await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    expect(cart.lines).toMatchObject([{ quantity: 2, held: 0, expires_at: null }])
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 0, available: 2 })
  }))

test('of a line that is held in part the rest is held too, or it shrinks to what there is', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const ada = await person(tx)
    await as(tx, ada, () => aGuest(tx).hold(variantId, 3))
    await letPass(tx, '11 minutes')
    const [guest, rival] = [aGuest(tx), aGuest(tx)]
    await guest.hold(variantId, 2)
    await rival.hold(variantId, 2)

    const cart = await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    expect(cart.fewer).toEqual([{ variant_id: variantId, wanted: 5, quantity: 3 }])
    expect(cart.lines).toMatchObject([{ quantity: 3, held: 3 }])
    const placed = await as(tx, ada, () => aGuest(tx).place())
    expect(placed).toMatchObject({ status: 'placed' })
    expect(await drift(tx)).toEqual([])
  }))

test('signing in with an empty cart, or with a cart nobody knows, changes nothing', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const ada = await person(tx)
    const own = await as(tx, ada, () => aGuest(tx).hold(variantId, 1))

    const cart = await as(tx, ada, () => aGuest(tx).adopt(aToken()))

    expect(cart).toMatchObject({ adopted: 0, fewer: [], lines: own.lines.map(({ held }) => ({ held })) })
  }))

test('a cart is taken along once, however often and however many sign in with it at once', async () => {
  const shop = await aShop(sql, 3)
  for (const variantId of shop.variants) await deliver(sql, variantId, shop.locations[0], 20)
  const guest = aGuest(sql)
  const people = [await person(sql), await person(sql)]
  const signedIn = (who: Caller, work: (tx: Tx) => Promise<unknown>) =>
    sql.begin(async (tx) => {
      await actAs(tx, who)
      await work(tx)
    })
  for (const who of people) {
    for (const variantId of shop.variants) await signedIn(who, (tx) => aGuest(tx).hold(variantId, 1))
  }
  for (const variantId of shop.variants) await guest.hold(variantId, 2)

  await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      signedIn(people[n % 2] ?? shopper, (tx) => aGuest(tx).adopt(guest.token)),
    ).concat(
      aGuest(sql)
        .hold(shop.variants[0] ?? '', 1)
        .then(() => undefined),
    ),
  )

  for (const variantId of shop.variants) {
    const lines = await sql`select line.quantity, sum(claims.quantity)::int as held
      from public.cart_lines line join public.carts on carts.id = line.cart_id
      join public.claims on claims.cart_id = carts.id and claims.variant_id = line.variant_id
      where line.variant_id = ${variantId} and carts.user_id = any (${people.map(({ userId }) => userId ?? '')})
      group by line.cart_id, line.quantity order by line.quantity`
    expect([...lines]).toEqual([
      { quantity: 1, held: 1 },
      { quantity: 3, held: 3 },
    ])
  }
  expect((await guest.cart()).lines).toEqual([])
  expect(await drift(sql)).toEqual([])
})

test('nobody takes a cart along without being signed in, nor without its secret', () =>
  rolledBack(sql, async (tx) => {
    const guest = aGuest(tx)
    const ada = await person(tx)
    await actAs(tx, shopper)
    await expect(tx.savepoint((nested) => aGuest(nested).adopt(guest.token))).rejects.toMatchObject({
      code: '42501',
    })
    await actAs(tx, ada)
    expect(await refusal(tx.savepoint((nested) => aGuest(nested).adopt('short')))).toMatchObject({
      code: 'invalid_input',
      detail: { field: 'token' },
    })
  }))
