import { afterAll, expect, test } from 'vitest'
import { actAs, connect, deliver, person, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { asks, holdAll, outcomes } from '@/tests/support/shop/holds-together'
import { as, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, aNetwork, aToken, countsOf, drift, letPass } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

type Guest = ReturnType<typeof aGuest>
const guestOf = (tx: Tx, network: string, token = aToken()) => aGuest(tx, token, undefined, network)
/** A guest's refusal, with the transaction going on. */
const refusedTo = (tx: Tx, guest: Guest, work: (guest: Guest) => Promise<unknown>, network?: string) =>
  refusal(tx.savepoint((nested) => work(aGuest(nested, guest.token, undefined, network ?? null))))
const minutes = (later: string, earlier: string) =>
  Math.round((Date.parse(later) - Date.parse(earlier)) / 60_000)

/** Extends a hold until it has lasted half an hour and has run out. */
async function useUp(tx: Tx, guest: Guest): Promise<void> {
  for (let step = 0; step < 4; step++) {
    await letPass(tx, '9 minutes')
    await guest.extend()
  }
}

test('a hold is not renewed when it has lasted half an hour, and is possible again after a pause', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)
    await useUp(tx, guest)

    const cart = await guest.extend()
    expect(cart.lines).toMatchObject([{ quantity: 2, held: 0 }])
    expect(minutes(cart.lines[0]?.paused_until ?? '', cart.now)).toBe(9)
    expect(await refusedTo(tx, guest, (same) => same.hold(variantId))).toMatchObject({
      status: 409,
      code: 'hold_paused',
      detail: { variant_id: variantId, retry_after_seconds: expect.any(Number) },
    })

    await letPass(tx, '10 minutes')
    expect((await guest.extend()).lines).toMatchObject([{ held: 2, paused_until: null }])
    expect(await drift(tx)).toEqual([])
  }))

test('removing a line and adding it again does not renew a hold', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx, 5)
    await deliver(tx, siblingId, locations[0], 5)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    for (let step = 0; step < 3; step++) {
      await letPass(tx, '7 minutes')
      await guest.release(variantId)
      await guest.hold(variantId)
    }
    const cart = await guest.cart()
    expect(minutes(cart.lines[0]?.expires_at ?? '', cart.now)).toBe(9)

    await letPass(tx, '8 minutes 30 seconds')
    await guest.release(variantId)

    expect(await refusedTo(tx, guest, (same) => same.hold(variantId))).toMatchObject({ code: 'hold_paused' })
    expect((await guest.hold(siblingId)).lines).toMatchObject([{ held: 1 }])
  }))

test('a shopper who lets a hold run out and comes back has the full time again', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const guest = aGuest(tx)
    await guest.hold(variantId)

    for (const away of ['12 minutes', '40 minutes', '3 days']) {
      await letPass(tx, away)
      const cart = await guest.extend()
      expect(minutes(cart.lines[0]?.expires_at ?? '', cart.now)).toBe(10)
    }
  }))

test('an order ends a streak: the same variant can be held and ordered again', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    await letPass(tx, '9 minutes')
    await guest.extend()
    await guest.place()

    const cart = await guest.hold(variantId)

    expect(minutes(cart.lines[0]?.expires_at ?? '', cart.now)).toBe(10)
  }))

test('signing in takes the age of a hold along', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    await useUp(tx, guest)
    const ada = await person(tx)

    await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    await actAs(tx, ada)
    expect(await refusedTo(tx, guest, (same) => same.hold(variantId))).toMatchObject({ code: 'hold_paused' })
  }))

test('a new guest of a network does not continue with the units that another one held to the limit', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 20)
    const network = aNetwork()
    const first = guestOf(tx, network)
    await first.hold(variantId, 15)
    await useUp(tx, first)

    const next = guestOf(tx, network)
    expect(await refusedTo(tx, next, (same) => same.hold(variantId, 15), network)).toMatchObject({
      code: 'hold_paused',
    })
    expect((await next.hold(variantId, 5)).lines).toMatchObject([{ held: 5 }])
    expect((await guestOf(tx, aNetwork()).hold(variantId, 15)).lines).toMatchObject([{ held: 15 }])
  }))

test('a cart has lines and units up to its limits', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.shop_limits set cart_lines = 1, cart_units = 6`
    const { variantId, siblingId, locations } = await stockedVariant(tx, 20)
    await deliver(tx, siblingId, locations[0], 5)
    const guest = aGuest(tx)
    await guest.hold(variantId, 5)

    expect(await refusedTo(tx, guest, (same) => same.hold(variantId, 2))).toMatchObject({
      status: 409,
      code: 'hold_limit',
      detail: { limit: 'cart_units', at_most: 6 },
    })
    expect(await refusedTo(tx, guest, (same) => same.hold(siblingId, 1))).toMatchObject({
      detail: { limit: 'cart_lines', at_most: 1 },
    })
    expect((await guest.cart()).lines).toMatchObject([{ quantity: 5, held: 5 }])
  }))

test('the limits of a cart hold for two carts that become one', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.shop_limits set cart_units = 6`
    const { variantId } = await stockedVariant(tx, 20)
    const ada = await person(tx)
    await as(tx, ada, () => aGuest(tx).hold(variantId, 5))
    const guest = aGuest(tx)
    await guest.hold(variantId, 5)

    const cart = await as(tx, ada, () => aGuest(tx).adopt(guest.token))

    expect(cart.fewer).toMatchObject([{ wanted: 10, quantity: 6 }])
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 6 })
    expect(await drift(tx)).toEqual([])
  }))

test('the guests of a network hold a share of a variant together, others the rest', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 200)
    const network = aNetwork()
    const ask = (where: string | undefined, units = 10) =>
      asks(variantId, units, where ? { network: where } : {})

    const answers = await holdAll(
      tx,
      [...Array(6)].map(() => ask(network)),
    )
    expect(outcomes(answers)).toEqual([...Array(5).fill('held'), 'hold_limit'])
    expect(answers[5]?.refused).toMatchObject({ detail: { limit: 'network_units', at_most: null } })

    expect(outcomes(await holdAll(tx, [ask(aNetwork()), ask(undefined)]))).toEqual(['held', 'held'])
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 70 })
  }))

test('a small shop serves a household: the first units of a network are free of shares', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 20)
    const network = aNetwork()

    expect(
      outcomes(
        await holdAll(
          tx,
          [...Array(4)].map(() => asks(variantId, 5, { network })),
        ),
      ),
    ).toEqual(Array(4).fill('held'))
  }))

test("a network's holds and unpaid orders are limited over the whole shop", () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx, 400)
    await deliver(tx, siblingId, locations[0], 400)
    const [total] = await tx`select sum(on_hand)::int as units from public.stock_totals`
    await tx`update private.shop_limits
      set guest_share_bp = ceil(60 * 10000.0 / ${total?.units ?? 0})::int, network_share_bp = 10000`
    const network = aNetwork()
    await guestOf(tx, network).hold(variantId, 50)

    expect(outcomes(await holdAll(tx, [asks(siblingId, 90, { network })]))).toEqual(['hold_limit'])
    expect(outcomes(await holdAll(tx, [asks(siblingId, 90, { network: aNetwork() })]))).toEqual([
      'hold_limit',
    ])
    expect(outcomes(await holdAll(tx, [asks(siblingId, 5, { network })]))).toEqual(['held'])
  }))

test('a network is believed from the shop’s server alone', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 5)
    const ada = await person(tx)
    await as(tx, ada, () => guestOf(tx, aNetwork()).hold(variantId, 1))
    await guestOf(tx, 'no hash of ours').hold(variantId, 1)

    expect(
      await tx`select network from public.carts join public.cart_lines on cart_id = carts.id where variant_id = ${variantId}`,
    ).toEqual([{ network: null }, { network: null }])
  }))
