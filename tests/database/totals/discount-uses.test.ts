import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, connect, person, refused, rolledBack, type Tx } from '@/tests/support/database'
import { aGuest, drift, endOverdue, letPass, thePackingTable } from '@/tests/support/shop/shopping'
import { placeDelivered } from '@/tests/support/totals/delivery'
import { aBuyer, addDiscount, enterCode, removeCode, usesOf } from '@/tests/support/totals/discounts'

const sql = connect(2)
afterAll(() => sql.end())

test('a cancelled order gives its use back, one that was sent in part does not', () =>
  rolledBack(sql, async (tx) => {
    const { guest, locations, variantId } = await aBuyer(tx)
    const discount = await addDiscount(tx, { uses_limit: 2 })
    await enterCode(tx, guest.token, discount.code)
    const placed = await guest.place()
    await guest.cancel(placed.order_id)
    expect(await usesOf(tx, discount)).toEqual({ held: 0, used: 0 })

    await guest.hold(variantId, 2)
    await enterCode(tx, guest.token, discount.code)
    const second = await guest.place()
    const table = thePackingTable(tx)
    const item = (await guest.order(second.order_id)).items[0]?.id ?? 0
    await table.fulfil(second.order_id, locations[0], [{ order_item_id: item, quantity: 1 }])
    await table.cancel(second.order_id)
    expect(await usesOf(tx, discount)).toEqual({ held: 0, used: 1 })
    expect(await drift(tx)).toEqual([])
  }))

test('an unpaid order that ends gives its use back', () =>
  rolledBack(sql, async (tx) => {
    const { guest } = await aBuyer(tx)
    const discount = await addDiscount(tx, { uses_limit: 1 })
    await enterCode(tx, guest.token, discount.code)
    await placeDelivered(tx, guest)
    expect(await usesOf(tx, discount)).toEqual({ held: 0, used: 1 })
    await letPass(tx, '20 minutes')
    await endOverdue(tx)
    expect(await usesOf(tx, discount)).toEqual({ held: 0, used: 0 })
    expect(await drift(tx)).toEqual([])
  }))

test('the last use is held for the cart that has it, until its hold ends and another cart needs it', () =>
  rolledBack(sql, async (tx) => {
    const { guest, variantId } = await aBuyer(tx)
    const other = aGuest(tx)
    await other.hold(variantId, 1)
    const discount = await addDiscount(tx, { uses_limit: 1 })
    await enterCode(tx, guest.token, discount.code)

    expect(await refused(tx, (nested) => enterCode(nested, other.token, discount.code))).toMatchObject({
      code: 'discount_refused',
      detail: { code: discount.code, reason: 'used_up' },
    })
    await letPass(tx, '11 minutes')
    expect(await enterCode(tx, other.token, discount.code)).toMatchObject({ discount_minor: 120 })
    // The first cart still shows the code, and its order is refused: the use is gone.
    expect(await refused(tx, (nested) => aGuest(nested, guest.token).place())).toMatchObject({
      code: 'discount_refused',
      detail: { reason: 'used_up' },
    })
    await removeCode(tx, other.token)
    expect(await guest.place()).toMatchObject({ total_minor: 2160 })
    expect(await usesOf(tx, discount)).toEqual({ held: 0, used: 1 })
    expect(await drift(tx)).toEqual([])
  }))

test('the maintenance job ends holds of uses that ran out', () =>
  rolledBack(sql, async (tx) => {
    const { guest } = await aBuyer(tx)
    const discount = await addDiscount(tx, { uses_limit: 1 })
    await enterCode(tx, guest.token, discount.code)
    await letPass(tx, '11 minutes')
    await endOverdue(tx)
    expect(await usesOf(tx, discount)).toEqual({ held: 0, used: 0 })
    expect(await guest.place()).toMatchObject({ total_minor: 2160 })
    expect(await usesOf(tx, discount)).toEqual({ held: 0, used: 1 })
  }))

test('a code with a limit per person is refused to who used it, until the order is cancelled', () =>
  rolledBack(sql, async (tx) => {
    const { guest, variantId } = await aBuyer(tx)
    const discount = await addDiscount(tx, { per_person: 1 })
    await enterCode(tx, guest.token, discount.code)
    const placed = await guest.place()
    await guest.hold(variantId, 1)
    expect(await refused(tx, (nested) => enterCode(nested, guest.token, discount.code))).toMatchObject({
      detail: { reason: 'already_used' },
    })
    await guest.cancel(placed.order_id)
    expect(await enterCode(tx, guest.token, discount.code)).toMatchObject({ discount_minor: 120 })
  }))

test('a guest who signs in keeps the code, and the use is held once', () =>
  rolledBack(sql, async (tx) => {
    const { guest } = await aBuyer(tx)
    const discount = await addDiscount(tx, { uses_limit: 1 })
    await enterCode(tx, guest.token, discount.code)
    await actAs(tx, await person(tx))
    await aGuest(tx).adopt(guest.token)
    const [row] = await tx`select public.quote_cart('{}') as quote`
    expect(row?.quote).toMatchObject({ discount_minor: 240 })
    await actAs(tx, { role: 'service_role' })
    expect(await usesOf(tx, discount)).toEqual({ held: 1, used: 0 })
  }))

test('no transaction can commit a use too many, or an order without its use', () =>
  rolledBack(sql, async (tx) => {
    const { guest } = await aBuyer(tx)
    const discount = await addDiscount(tx, { uses_limit: 1 })
    await enterCode(tx, guest.token, discount.code)
    const { order_id } = await guest.place()
    const broken = (work: (nested: Tx) => Promise<unknown>) =>
      tx.savepoint(async (nested) => {
        await work(nested)
        await nested`set constraints all immediate`
      })
    await expect(
      broken(
        (nested) => nested`insert into private.discount_claims (discount_id, cart_id, expires_at)
        select ${discount.id}, id, now() from public.carts limit 1`,
      ),
    ).rejects.toMatchObject({ constraint_name: 'discount_uses_stay_within_limit' })
    await expect(
      broken((nested) => nested`delete from private.discount_claims where order_id = ${order_id}`),
    ).rejects.toMatchObject({ constraint_name: 'uses_match_their_order' })
    await expect(
      broken(
        (nested) => nested`update public.orders set discount_id = ${randomUUID()} where id = ${order_id}`,
      ),
    ).rejects.toMatchObject({ constraint_name: 'uses_match_their_order' })
  }))
