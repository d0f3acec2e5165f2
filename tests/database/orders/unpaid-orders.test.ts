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
import { anOrder, as, stockedVariant } from '@/tests/support/shop/orders'
import { aCart, asks, outcomes, placeAll, placeOwn } from '@/tests/support/shop/orders-together'
import {
  aGuest,
  countsOf,
  drift,
  endOverdue,
  letPass,
  thePackingTable,
  theProvider,
} from '@/tests/support/shop/shopping'

const sql = connect(1)
afterAll(() => sql.end())

const overdue = '4 days'

/** A signed-in shopper whose e-mail address Auth has confirmed. */
async function confirmed(tx: Tx) {
  const who = await person(tx)
  await tx`update auth.users set email_confirmed_at = now() where id = ${who.userId ?? null}`
  return who
}

const guestsOf = (tx: Tx, variantId: string, count: number, more: Record<string, unknown> = {}) =>
  Promise.all(Array.from({ length: count }, async () => asks(await aCart(tx, [[variantId, 1]]), more)))

test('an order nobody pays or confirms ends after three days, and says why', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { guest, placed } = await anOrder(tx, variantId, 2)
    expect(placed.pay_until).not.toBeNull()

    await letPass(tx, '2 days')
    await endOverdue(tx)
    expect((await guest.order(placed.order_id)).status).toBe('placed')
    await letPass(tx, '2 days')
    await endOverdue(tx)

    const order = await guest.order(placed.order_id)
    expect(order).toMatchObject({ status: 'cancelled', payment: { status: 'void' } })
    expect(order.events.at(-1)).toMatchObject({
      kind: 'cancelled',
      detail: { reason: 'not collected in time' },
    })
    expect(await countsOf(tx, variantId)).toMatchObject({ committed: 0, available: 5 })
    expect(await drift(tx)).toEqual([])
  }))

test('an order that staff confirm, pick, hand over or take money for stays', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 9)
    const orders = [
      await anOrder(tx, variantId, 2),
      await anOrder(tx, variantId, 2),
      await anOrder(tx, variantId, 2),
    ]
    const [told, handed, paid] = orders.map(({ placed }) => placed.order_id)
    const picked = await anOrder(tx, variantId, 1)
    const table = thePackingTable(tx)
    await table.confirm(told ?? '')
    await table.fulfil(handed ?? '', locations[0], [{ order_item_id: orders[1]?.itemId ?? 0, quantity: 1 }])
    await table.takePayment(paid ?? '')
    await tx`insert into public.order_picks (order_item_id, location_id, order_id, picked, actor)
      values (${picked.itemId}, ${locations[0]}, ${picked.placed.order_id}, 1, private.actor())
      on conflict (order_item_id, location_id) do update set picked = 1`

    await letPass(tx, overdue)
    await endOverdue(tx)

    for (const { guest, placed } of [...orders, picked])
      expect((await guest.order(placed.order_id)).status).toBe('placed')
  }))

test('a buyer with a confirmed address has no deadline; others are told to confirm, and cannot confirm themselves', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const [known, unknown, viewer] = [await confirmed(tx), await person(tx), await person(tx, 'viewer')]
    const order = async (me: Awaited<ReturnType<typeof person>>) => {
      await actAs(tx, me)
      await aGuest(tx).hold(variantId)
      const placed = await aGuest(tx).place()
      await actAsOwner(tx)
      return placed
    }
    expect((await order(known)).pay_until).toBeNull()
    const { order_id, pay_until } = await order(unknown)
    expect(pay_until).not.toBeNull()
    const { placed: outsiders } = await anOrder(tx, variantId, 1)

    for (const [who, id, code] of [
      [unknown, order_id, 'role_required'],
      [viewer, order_id, 'role_required'],
      [known, outsiders.order_id, 'not_found'],
    ] as const) {
      await actAs(tx, who)
      expect(await refusal(tx.savepoint((nested) => thePackingTable(nested).confirm(id)))).toMatchObject({
        code,
      })
      await actAsOwner(tx)
    }
    await tx`update auth.users set email_confirmed_at = now() where id = ${unknown.userId ?? null}`
    const mine = await as(tx, unknown, () => thePackingTable(tx).confirm(order_id))
    expect(mine.events.at(-1)?.kind).toBe('confirmed')
  }))

test('more than a few unpaid orders of one network need a proof of work, other networks do not', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 30)
    const [here, there] = [{ network: 'a'.repeat(32) }, { network: 'b'.repeat(32) }]
    const first = await placeAll(tx, await guestsOf(tx, variantId, 7, here))
    expect(outcomes(first)).toEqual([...Array(5).fill('placed'), 'proof_needed', 'proof_needed'])
    expect(first[6]?.refused).toMatchObject({ status: 409, detail: { bits: 18 } })

    expect(outcomes(await placeAll(tx, await guestsOf(tx, variantId, 1, here)))).toEqual(['proof_needed'])
    expect(outcomes(await placeAll(tx, await guestsOf(tx, variantId, 1, there)))).toEqual(['placed'])
    const proven = await guestsOf(tx, variantId, 1, { ...here, proof: true })
    await actAs(tx, secretKey)
    expect(outcomes(await placeAll(tx, proven))).toEqual(['placed'])
    await actAsOwner(tx)

    await tx`update public.payments set deadline = null where order_id in (select id from public.orders where network = ${here.network})`
    expect(outcomes(await placeAll(tx, await guestsOf(tx, variantId, 1, here)))).toEqual(['placed'])
  }))

test('the orders of one guest count wherever they come from', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 30)
    const guest = aGuest(tx)
    for (let order = 0; order < 5; order++) {
      await guest.hold(variantId)
      await guest.place()
    }
    await guest.hold(variantId)
    const sixth = tx.savepoint((nested) => aGuest(nested, guest.token).place())
    expect(await refusal(sixth)).toMatchObject({ code: 'proof_needed' })
    await theProvider(tx)
    expect(await guest.place('sandbox')).toMatchObject({ status: 'awaiting_payment' })
  }))

test('a large order on collection needs a proof, and a proof is not what a caller says', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 99)
    const large = asks(await aCart(tx, [[variantId, 42]]), { proof: 'true' })
    expect(outcomes(await placeAll(tx, [large]))).toEqual(['proof_needed'])
    const me = await person(tx)
    await actAs(tx, me)
    await aGuest(tx).hold(variantId, 42)
    expect(await refusal(tx.savepoint((nested) => placeOwn(nested, { proof: true })))).toMatchObject({
      code: 'proof_needed',
    })
    await actAsOwner(tx)
    expect(outcomes(await placeAll(tx, [{ ...large, proof: true }]))).toEqual(['placed'])
  }))
