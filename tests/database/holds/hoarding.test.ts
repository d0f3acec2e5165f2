import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aShop, connect, deliver, rolledBack, type Tx } from '@/tests/support/database'
import { asks, holdAll, outcomes } from '@/tests/support/shop/holds-together'
import { aGuest, aNetwork, aToken, drift, letPass } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

/** Twelve variants of thirty units, of which the guests of one network may hold half. */
async function aFullShop(tx: Tx) {
  const { variants, locations } = await aShop(tx, 12)
  for (const variantId of variants) await deliver(tx, variantId, locations[0], 30)
  const [total] = await tx`select sum(on_hand)::int as units from public.stock_totals`
  await tx`update private.shop_limits set guest_share_bp = 180 * 10000 / ${total?.units ?? 0}::int + 1`
  return { variants, locations }
}

async function heldOf(tx: Tx, variants: string[]): Promise<number> {
  const [row] =
    await tx`select sum(held)::int as units from public.availability where variant_id = any (${variants}::uuid[])`
  return Number(row?.units)
}

/** Every variant, with one new guest after another, until the shop says no. */
async function hoard(tx: Tx, variants: string[], network: string) {
  const asked = variants.flatMap((variantId) =>
    [5, 5, 5, 5, 5, 5].map((units) => asks(variantId, units, { network })),
  )
  return holdAll(tx, asked)
}

test('one visitor with many cookies takes no more than a share of the shop off sale', () =>
  rolledBack(sql, async (tx) => {
    const { variants } = await aFullShop(tx)
    const network = aNetwork()

    const answers = await hoard(tx, variants, network)

    expect(new Set(outcomes(answers))).toEqual(new Set(['held', 'hold_limit']))
    expect(await heldOf(tx, variants)).toBeLessThanOrEqual(190)
    // Other shoppers buy of every variant in the meantime.
    const shoppers = variants.map((variantId) => asks(variantId, 2, { network: aNetwork() }))
    expect(outcomes(await holdAll(tx, shoppers))).toEqual(variants.map(() => 'held'))
    expect(await drift(tx)).toEqual([])
  }))

test('a visitor who asks with one cookie is stopped after a cart full', () =>
  rolledBack(sql, async (tx) => {
    const { variants } = await aFullShop(tx)
    const guest = aGuest(tx)
    const said: string[] = []
    for (const variantId of variants)
      said.push(
        await tx
          .savepoint((nested) => aGuest(nested, guest.token).hold(variantId, 30))
          .then(
            () => 'held',
            (error: Error) => error.message,
          ),
      )

    expect(await heldOf(tx, variants)).toBe(180)
    expect(said.slice(6)).toEqual(Array(6).fill('hold_limit'))
  }))

test('a visitor who goes on extending and asking again holds nothing after an hour of it, for a pause', () =>
  rolledBack(sql, async (tx) => {
    const { variants } = await aFullShop(tx)
    const [variantId = ''] = variants
    const guest = aGuest(tx)
    await guest.hold(variantId, 20)
    const held: number[] = []
    for (let minutes = 5; minutes <= 60; minutes += 5) {
      await letPass(tx, '5 minutes')
      const cart = await guest.extend()
      held.push(cart.lines[0]?.held ?? 0)
    }

    // Half an hour of every three quarters.
    expect(held).toEqual([20, 20, 20, 20, 20, 0, 0, 0, 20, 20, 20, 20])
  }))

test('orders nobody has paid keep counting for the network they came from', () =>
  rolledBack(sql, async (tx) => {
    const { variants } = await aFullShop(tx)
    const network = aNetwork()
    for (const variantId of variants.slice(0, 8)) {
      const buyer = aGuest(tx, aToken(), `${randomUUID()}@example.test`, network)
      await buyer.hold(variantId, 20)
      const { order_id } = await buyer.place('on_collection')
      await tx`update public.orders set network = ${network} where id = ${order_id}`
    }

    // 160 units of eight orders; the network may have 180 and a little.
    const more = variants.slice(8, 10)
    expect(
      outcomes(
        await holdAll(
          tx,
          more.map((variantId) => asks(variantId, 20, { network })),
        ),
      ),
    ).toEqual(['held', 'hold_limit'])
    expect(
      outcomes(
        await holdAll(
          tx,
          more.map((variantId) => asks(variantId, 10)),
        ),
      ),
    ).toEqual(['held', 'held'])
  }))
