import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, deliver, refused, rolledBack } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, aNetwork, drift, thePackingTable, theProvider } from '@/tests/support/shop/shopping'
import { addZone, placeDelivered, quote } from '@/tests/support/totals/delivery'
import { aBuyer, addDiscount, enterCode, usesOf } from '@/tests/support/totals/discounts'

const sql = connect(2)
afterAll(() => sql.end())

test('a code takes its part off, the order keeps it, and its use is the order’s', () =>
  rolledBack(sql, async (tx) => {
    const { guest } = await aBuyer(tx)
    const discount = await addDiscount(tx, { uses_limit: 5 })

    const quoted = await enterCode(tx, guest.token, ` ${discount.code.toLowerCase()} `)
    expect(quoted).toMatchObject({ discount_minor: 240, total_minor: 2160, tax_minor: 345 })
    expect(quoted.discount).toEqual({ code: discount.code, title: 'Ten off', applies: true })
    expect(await usesOf(tx, discount)).toEqual({ held: 1, used: 0 })
    expect(await enterCode(tx, guest.token, discount.code)).toEqual(quoted)

    const placed = await guest.place('on_collection', randomUUID(), 2160)
    const order = await guest.order(placed.order_id)

    expect(order).toMatchObject({
      subtotal_minor: 2400,
      discount_minor: 240,
      total_minor: 2160,
      tax_minor: 345,
      discount_title: 'Ten off',
      payment: { amount_minor: 2160 },
    })
    expect(await usesOf(tx, discount)).toEqual({ held: 0, used: 1 })
    await guest.hold(order.items[0]?.variant_id ?? '', 1)
    expect(await quote(tx, guest.token, null)).toMatchObject({ discount_minor: 0, total_minor: 1200 })
    expect(await drift(tx)).toEqual([])
  }))

test.for([
  ['unknown', { code: 'OTHER' }],
  ['ended', { active: false }],
  ['ended', { ends_at: '2020-01-01T00:00:00Z' }],
  ['not_started', { starts_at: '2099-01-01T00:00:00Z' }],
  ['minimum', { minimum_minor: 2401 }],
  ['not_these_items', { category: 'elsewhere' }],
] as const)('a code is refused as %s: %j', ([reason, part]) =>
  rolledBack(sql, async (tx) => {
    await tx`insert into public.categories (slug, title) values ('elsewhere', 'Elsewhere')`
    const { guest } = await aBuyer(tx)
    const discount = await addDiscount(tx, part)
    const code = reason === 'unknown' ? 'NOBODYS' : discount.code
    expect(await refused(tx, (nested) => enterCode(nested, guest.token, code))).toMatchObject({
      status: 409,
      code: 'discount_refused',
      detail: { code, reason },
    })
  }),
)

test('a discount is divided among the items that it is for, and adds up', () =>
  rolledBack(sql, async (tx) => {
    const { guest, siblingId, locations, productId } = await aBuyer(tx)
    await deliver(tx, siblingId, locations[0], 5)
    await tx`update public.variants set price_minor = 333 where id = ${siblingId}`
    await guest.hold(siblingId, 1)
    const other = await stockedVariant(tx)
    await guest.hold(other.variantId, 1)
    const [row] = await tx`select handle from public.products where id = ${productId}`
    const discount = await addDiscount(tx, {
      kind: 'amount',
      percent_bp: null,
      amount_minor: 1000,
      product: row?.handle,
    })

    await enterCode(tx, guest.token, discount.code)
    const placed = await guest.place()
    const items = await tx`select variant_id, total_minor::int, discount_minor::int, tax_minor::int
      from public.order_items where order_id = ${placed.order_id}`

    const off = new Map(items.map((item) => [item.variant_id, item.discount_minor]))
    expect(off.get(other.variantId)).toBe(0)
    expect(Number(off.get(siblingId)) + Math.max(...off.values())).toBe(1000)
    for (const { total_minor, discount_minor, tax_minor } of items) {
      const paid = BigInt(total_minor - discount_minor)
      expect(BigInt(tax_minor)).toBe((2n * paid * 1900n + 11_900n) / 23_800n)
    }
    expect(placed.total_minor).toBe(2400 + 333 + 1200 - 1000)
    expect(await drift(tx)).toEqual([])
  }))

test('an amount takes no more off than there is, and a free order is a valid one', () =>
  rolledBack(sql, async (tx) => {
    const { guest } = await aBuyer(tx)
    const discount = await addDiscount(tx, { kind: 'amount', percent_bp: null, amount_minor: 99_999 })
    await enterCode(tx, guest.token, discount.code)
    expect(await guest.place()).toMatchObject({ total_minor: 0, tax_minor: 0 })
    expect(await drift(tx)).toEqual([])
  }))

test('free delivery takes the price of the delivery off, and the best automatic discount counts without a code', () =>
  rolledBack(sql, async (tx) => {
    await addZone(tx)
    const { guest, productId } = await aBuyer(tx)
    await addDiscount(tx, { code: null, title: 'Five off', percent_bp: 500 })
    await addDiscount(tx, {
      code: null,
      title: 'One euro off',
      kind: 'amount',
      percent_bp: null,
      amount_minor: 100,
    })
    await tx`update public.products set tax_rate_bp = 700 where id = ${productId}`
    expect(await quote(tx, guest.token)).toMatchObject({
      discount_minor: 120,
      delivery_minor: 490,
      total_minor: 2770,
      discount: { code: null, title: 'Five off', applies: true },
    })
    expect((await guest.cart()) as object).toMatchObject({ has_discount: true, total_minor: 2400 })
    const code = await addDiscount(tx, { kind: 'free_delivery', percent_bp: null, title: 'Free delivery' })
    await enterCode(tx, guest.token, code.code)
    expect(await quote(tx, guest.token)).toMatchObject({
      discount_minor: 0,
      delivery_minor: 0,
      total_minor: 2400,
    })
    const placed = await placeDelivered(tx, guest, {}, 2400)
    expect(await guest.order(placed.order_id)).toMatchObject({
      discount_title: 'Free delivery',
      delivery_minor: 0,
    })
    expect(await drift(tx)).toEqual([])
  }))

test('returned units are refunded at their share of the discounted price, all of it together', () =>
  rolledBack(sql, async (tx) => {
    const { guest, locations } = await aBuyer(tx, 3)
    const provider = await theProvider(tx)
    const discount = await addDiscount(tx, { kind: 'amount', percent_bp: null, amount_minor: 100 })
    await enterCode(tx, guest.token, discount.code)
    const placed = await placeDelivered(tx, guest)
    await provider(placed.payment_id, 'captured', 3500)
    const table = thePackingTable(tx)
    await table.fulfil(placed.order_id, locations[0])
    const item = (await guest.order(placed.order_id)).items[0]?.id ?? 0
    const due: number[] = []
    for (let unit = 0; unit < 3; unit++) {
      const lines = [{ order_item_id: item, quantity: 1, outcome: 'restock' }]
      due.push((await table.returnItems(placed.order_id, locations[0], lines)).payment.refund_due_minor)
    }
    expect(due).toEqual([1167, 2334, 3500])
    expect(await drift(tx)).toEqual([])
  }))

test('a code that no longer applies takes nothing off, and its shopper is asked before they pay more', () =>
  rolledBack(sql, async (tx) => {
    const { guest, variantId } = await aBuyer(tx)
    const discount = await addDiscount(tx, { minimum_minor: 2400 })
    await enterCode(tx, guest.token, discount.code)
    await guest.release(variantId, 1)
    const quoted = (await quote(tx, guest.token, null)) as unknown as { discount: object }
    expect(quoted).toMatchObject({ discount_minor: 0, total_minor: 1200, discount: { applies: false } })
    expect(
      await refused(tx, (nested) => aGuest(nested, guest.token).place('on_collection', randomUUID(), 1080)),
    ).toMatchObject({ code: 'price_changed' })
    await guest.place('on_collection', randomUUID(), 1200)
    expect(await drift(tx)).toEqual([])
  }))

test('codes cannot be guessed: every try counts for the guest and the network', () =>
  rolledBack(sql, async (tx) => {
    const { guest } = await aBuyer(tx)
    await addDiscount(tx, { code: 'RIGHT-ONE' })
    await tx`select set_config('request.method', 'POST', true)`
    for (let n = 0; n < 10; n++)
      expect(await enterCode(tx, guest.token, `WRONG-${n}`)).toMatchObject({ message: 'discount_refused' })
    expect(await refused(tx, (nested) => enterCode(nested, guest.token, 'RIGHT-ONE'))).toMatchObject({
      status: 429,
      code: 'too_many_requests',
    })
    const network = aNetwork()
    await tx`insert into private.spendings (kind, subject, spent, since)
      values ('discount', ${`n:${network}`}, 60, private.clock())`
    const other = aGuest(tx)
    await other.hold((await guest.cart()).lines[0]?.variant_id ?? '', 1)
    expect(await refused(tx, (nested) => enterCode(nested, other.token, 'RIGHT-ONE', network))).toMatchObject(
      {
        code: 'too_many_requests',
      },
    )
  }))
