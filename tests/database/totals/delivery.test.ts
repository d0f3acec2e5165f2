import { afterAll, expect, test } from 'vitest'
import { connect, refusal, rolledBack } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, drift, thePackingTable, theProvider } from '@/tests/support/shop/shopping'
import { addZone, germany, placeDelivered, quote, toHamburg } from '@/tests/support/totals/delivery'

const sql = connect(2)
afterAll(() => sql.end())

test('a shop without a zone delivers everywhere, free of charge', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)

    expect(await quote(tx, guest.token, { country: 'NZ', postcode: '1010' })).toMatchObject({
      subtotal_minor: 2400,
      delivery_minor: 0,
      total_minor: 2400,
      tax_minor: 383,
      is_deliverable: true,
      countries: null,
    })
    expect(await placeDelivered(tx, guest, { country: 'NZ' }, 2400)).toMatchObject({ total_minor: 2400 })
    expect(await drift(tx)).toEqual([])
  }))

test('the price of a delivery is in the total that is quoted, placed, read and paid', () =>
  rolledBack(sql, async (tx) => {
    await addZone(tx)
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)

    const quoted = await quote(tx, guest.token)
    const placed = await placeDelivered(tx, guest, {}, quoted.total_minor)
    const order = await guest.order(placed.order_id)

    // 2400 at 19 % include 383; 490 include 78 (78.24).
    const parts = {
      subtotal_minor: 2400,
      discount_minor: 0,
      delivery_minor: 490,
      total_minor: 2890,
      tax_minor: 461,
    }
    const taxes = [{ rate_bp: 1900, amount_minor: 2890, tax_minor: 461 }]
    expect(quoted).toMatchObject({ ...parts, taxes, estimate: '2–3 working days', countries: ['DE'] })
    expect(placed).toMatchObject({ total_minor: 2890, tax_minor: 461 })
    expect(order).toMatchObject({ ...parts, taxes, worth_minor: 2890, delivery_estimate: '2–3 working days' })
    expect(order.payment).toMatchObject({ amount_minor: 2890 })
    expect(await drift(tx)).toEqual([])
  }))

test('a delivery is free from the value that its zone names, and collection is always free', () =>
  rolledBack(sql, async (tx) => {
    await addZone(tx)
    const { variantId } = await stockedVariant(tx, 9)
    const guest = aGuest(tx)
    await guest.hold(variantId, 4)
    expect(await quote(tx, guest.token)).toMatchObject({ delivery_minor: 490 })
    expect(await quote(tx, guest.token, null)).toMatchObject({ delivery_minor: 0, total_minor: 4800 })
    await guest.hold(variantId, 1)
    expect(await quote(tx, guest.token)).toMatchObject({ delivery_minor: 0, total_minor: 6000 })
  }))

test('a postcode belongs to the zone that names it, however it is written, before that of the country', () =>
  rolledBack(sql, async (tx) => {
    await addZone(tx)
    await addZone(tx, {
      ...germany,
      name: 'Islands',
      postcodes: ['25938', '2599*'],
      rates: [{ from_minor: 0, minor: 990 }],
    })
    await addZone(tx, { ...germany, name: 'Dublin', countries: ['IE'], postcodes: ['D0*'] })
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    const priceIn = async (country: string, postcode: string) => {
      const { is_deliverable, delivery_minor } = await quote(tx, guest.token, { country, postcode })
      return is_deliverable ? delivery_minor : null
    }

    expect(await priceIn('DE', '20095')).toBe(490)
    expect(await priceIn('DE', ' 25 938')).toBe(990)
    expect(await priceIn('DE', '25999')).toBe(990)
    expect(await priceIn('DE', '259381')).toBe(490)
    expect(await priceIn('DE', '')).toBe(490)
    expect(await priceIn('IE', 'd02 x285')).toBe(490)
    expect(await priceIn('IE', 'T12 X285')).toBeNull()
    expect(await priceIn('FR', '20095')).toBeNull()
    // Not a pattern of LIKE.
    expect(await priceIn('IE', '%')).toBeNull()
  }))

test('an order to an address without delivery is refused before anything is taken', () =>
  rolledBack(sql, async (tx) => {
    await addZone(tx)
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId)

    const attempt = tx.savepoint((nested) =>
      placeDelivered(nested, guest, { country: 'FR', postcode: '75001' }),
    )

    expect(await refusal(attempt)).toMatchObject({
      status: 409,
      code: 'not_deliverable',
      detail: { country: 'FR', postcode: '75001' },
    })
    expect((await guest.cart()).lines).toHaveLength(1)
  }))

test('nobody pays a delivery that they were not shown', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    const { total_minor } = await quote(tx, guest.token)
    await addZone(tx)

    const attempt = tx.savepoint((nested) => placeDelivered(nested, guest, {}, total_minor))

    expect(await refusal(attempt)).toMatchObject({
      code: 'price_changed',
      detail: { expected_minor: 1200, total_minor: 1690 },
    })
  }))

test('the delivery is refunded with the last unit, and not before', () =>
  rolledBack(sql, async (tx) => {
    await addZone(tx)
    const { variantId, locations } = await stockedVariant(tx)
    const provider = await theProvider(tx)
    const table = thePackingTable(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId, 3)
    const placed = await placeDelivered(tx, guest)
    await provider(placed.payment_id, 'captured', 4090)
    const refundDue = async () => (await guest.order(placed.order_id)).payment.refund_due_minor
    const itemId = (await guest.order(placed.order_id)).items[0]?.id ?? 0
    await table.fulfil(placed.order_id, locations[0], [{ order_item_id: itemId, quantity: 2 }])

    await table.cancel(placed.order_id)
    expect(await refundDue()).toBe(1200)
    await table.returnItems(placed.order_id, locations[0], [
      { order_item_id: itemId, quantity: 1, outcome: 'restock' },
    ])
    expect(await refundDue()).toBe(2400)
    await table.returnItems(placed.order_id, locations[0], [
      { order_item_id: itemId, quantity: 1, outcome: 'restock' },
    ])
    expect(await refundDue()).toBe(4090)
    expect(await drift(tx)).toEqual([])
  }))

test('an order that is cancelled before it is sent gets all of its money refunded', () =>
  rolledBack(sql, async (tx) => {
    await addZone(tx)
    const { variantId } = await stockedVariant(tx)
    const provider = await theProvider(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId, 2)
    const placed = await placeDelivered(tx, guest)
    await provider(placed.payment_id, 'captured', 2890)

    const cancelled = await guest.cancel(placed.order_id)

    expect(cancelled).toMatchObject({ worth_minor: 0, payment: { refund_due_minor: 2890 } })
    expect(await drift(tx)).toEqual([])
  }))

test('an order cannot be stored with a total that is not the sum of its parts', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    const { order_id } = await placeDelivered(tx, guest)
    const changed = (part: { [column in 'total' | 'delivery' | 'discount']?: number }) =>
      tx.savepoint(async (nested) => {
        await nested`update public.orders set total_minor = total_minor + ${part.total ?? 0},
          delivery_minor = delivery_minor + ${part.delivery ?? 0},
          discount_minor = discount_minor + ${part.discount ?? 0} where id = ${order_id}`
        await nested`set constraints all immediate`
      })

    for (const part of [{ total: 1 }, { delivery: 1 }, { discount: 1 }, { total: -1, discount: 1 }])
      await expect(changed(part)).rejects.toMatchObject({ code: '23514' })
    await expect(changed({ delivery: -1, total: -1 })).rejects.toMatchObject({
      constraint_name: 'orders_total_adds_up',
    })
  }))

test('a quote takes any JSON for an address and reads nothing else from it', () =>
  rolledBack(sql, async (tx) => {
    await addZone(tx)
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId)
    const odd = [null, 7, [], 'delivery', { method: ['delivery'] }, { method: 'delivery' }]
    const addresses = [
      null,
      [],
      'DE',
      { country: { DE: 1 } },
      { ...toHamburg, country: 'de' },
      { ...toHamburg, postcode: ['1'] },
    ]
    for (const delivery of [...odd, ...addresses.map((address) => ({ method: 'delivery', address }))]) {
      const [row] = await tx`select public.quote_cart(${tx.json(delivery as never)}, ${guest.token}) as quote`
      expect(row?.quote).toMatchObject({ subtotal_minor: 1200 })
    }
  }))
