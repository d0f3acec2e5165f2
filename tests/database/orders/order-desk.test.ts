import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, deliver, refusal, rolledBack } from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aPicker, queueOf, skuOf } from '@/tests/support/shop/picking'
import { countsOf, drift, thePackingTable, theProvider } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('a missing unit comes from another location, and the customer loses nothing', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 3)
    await deliver(tx, variantId, locations[1], 4)
    const { placed, itemId } = await anOrder(tx, variantId, 3)
    const picker = aPicker(tx)
    await picker.pick(placed.order_id, locations[0], skuOf(variantId))

    const order = await picker.short(placed.order_id, locations[0], itemId, 2)

    expect(order).toMatchObject({ status: 'placed', items: [{ cancelled: 0 }] })
    expect(order.events.at(-1)).toMatchObject({
      kind: 'short',
      detail: {
        title: 'Mug',
        missing: 2,
        cancelled: 0,
        elsewhere: [{ location_id: locations[1], units: 2 }],
      },
    })
    expect(await queueOf(tx, placed.order_id)).toMatchObject({ to_pick: 2, ready: 1, troubles: [] })
    // The ledger says what the shelf says: two units fewer here, and as many committed there.
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 5, held: 0, committed: 3, available: 2 })
    const [movement] =
      await tx`select delta, reason, document from public.stock_movements where variant_id = ${variantId} order by id desc limit 1`
    expect(movement).toEqual({ delta: -2, reason: 'correction', document: `order ${placed.number}` })
    await picker.pick(placed.order_id, locations[1], skuOf(variantId), 2)
    const { stage, locations: found } = await queueOf(tx, placed.order_id)
    expect({ stage, found: found.toSorted() }).toEqual({ stage: 'ready', found: locations.toSorted() })
    expect(await drift(tx)).toEqual([])
  }))

test('a unit that no location has is removed from the order, refunded, and reported to the customer', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 3)
    await deliver(tx, variantId, locations[1], 1)
    const { guest, placed, itemId } = await anOrder(tx, variantId, 3, 'sandbox')
    await (await theProvider(tx))(placed.payment_id, 'captured', placed.total_minor)
    const picker = aPicker(tx)
    await picker.pick(placed.order_id, locations[0], skuOf(variantId))

    await picker.short(placed.order_id, locations[0], itemId, 2)

    const order = await guest.order(placed.order_id)
    expect(order).toMatchObject({
      status: 'placed',
      items: [{ cancelled: 1 }],
      payment: { refund_due_minor: 1200 },
      events: [{}, {}, { kind: 'claimed' }, { kind: 'short', detail: { missing: 2, cancelled: 1 } }],
    })
    expect((await queueOf(tx, placed.order_id)).troubles.toSorted()).toEqual(['refund_due', 'short'])
    expect(await drift(tx)).toEqual([])

    await picker.told(placed.order_id)
    await (await theProvider(tx))(placed.payment_id, 'refunded', 1200)
    expect((await queueOf(tx, placed.order_id)).troubles).toEqual([])
  }))

test('an order of which nothing was found is cancelled', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 2)
    const { placed, itemId } = await anOrder(tx, variantId, 2)

    const order = await aPicker(tx).short(placed.order_id, locations[0], itemId, 2)

    expect(order).toMatchObject({
      status: 'cancelled',
      items: [{ cancelled: 2 }],
      payment: { status: 'void' },
    })
    expect(await queueOf(tx, placed.order_id)).toMatchObject({
      stage: 'cancelled',
      picker: null,
      troubles: ['short'],
    })
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 0, held: 0, committed: 0, available: 0 })
    expect(await drift(tx)).toEqual([])
  }))

test('when the last unit to pick is missing, the rest of the box is ready', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 2)
    const { guest, placed, itemId } = await anOrder(tx, variantId, 2)
    const picker = aPicker(tx)
    await picker.pick(placed.order_id, locations[0], skuOf(variantId))

    await picker.short(placed.order_id, locations[0], itemId, 1)

    expect(await queueOf(tx, placed.order_id)).toMatchObject({ stage: 'ready', ready: 1, picker: null })
    expect(await guest.order(placed.order_id)).toMatchObject({ ready: true })
    const handedOver = await thePackingTable(tx).fulfil(placed.order_id, locations[0])
    expect(handedOver).toMatchObject({ status: 'fulfilled', items: [{ fulfilled: 1, cancelled: 1 }] })
    expect(await drift(tx)).toEqual([])
  }))

test('picked and handed over units cannot be missing, and a report sent twice counts once', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 5)
    const { placed, itemId } = await anOrder(tx, variantId, 3)
    const picker = aPicker(tx)
    await picker.pick(placed.order_id, locations[0], skuOf(variantId), 2)
    const key = randomUUID()

    const tooMany = tx.savepoint((nested) => aPicker(nested).short(placed.order_id, locations[0], itemId, 2))
    expect(await refusal(tooMany)).toMatchObject({ code: 'nothing_to_pick', detail: { wanted: 2, left: 1 } })
    const once = await picker.short(placed.order_id, locations[0], itemId, 1, key)
    expect(await picker.short(placed.order_id, locations[0], itemId, 1, key)).toEqual(once)

    // Two more lie there according to the books, but this shelf is not asked again.
    expect(once).toMatchObject({ items: [{ cancelled: 1 }] })
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 4, held: 0, committed: 2, available: 2 })
    expect(await drift(tx)).toEqual([])
  }))

test('money taken at the counter is given back there, once, by a manager', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 2)
    const { placed, itemId } = await anOrder(tx, variantId, 2)
    const table = thePackingTable(tx)
    await table.takePayment(placed.order_id)
    await table.fulfil(placed.order_id, locations[0])
    await table.returnItems(placed.order_id, locations[0], [
      { order_item_id: itemId, quantity: 1, outcome: 'restock' },
    ])
    expect((await queueOf(tx, placed.order_id)).troubles).toEqual(['refund_due'])
    const key = randomUUID()

    const order = await aPicker(tx).refund(placed.order_id, key)

    expect(order.payment).toMatchObject({ refund_due_minor: 1200, refunded_minor: 1200 })
    expect(order.events.at(-1)).toMatchObject({ kind: 'refunded', detail: { amount_minor: 1200 } })
    expect(await aPicker(tx).refund(placed.order_id, key)).toEqual(order)
    const again = tx.savepoint((nested) => aPicker(nested).refund(placed.order_id))
    expect(await refusal(again)).toMatchObject({ code: 'order_not_open' })
  }))

test('a provider refund is requested, and counts as made when the provider confirms it', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 2)
    const { guest, placed } = await anOrder(tx, variantId, 1, 'sandbox')
    const provider = await theProvider(tx)
    await provider(placed.payment_id, 'captured', 1200)
    await guest.cancel(placed.order_id)

    const asked = await aPicker(tx).refund(placed.order_id)
    expect(asked.payment).toMatchObject({ refund_due_minor: 1200, refunded_minor: 0 })
    expect(asked.events.at(-1)).toMatchObject({ kind: 'refund_asked', detail: { amount_minor: 1200 } })
    await provider(placed.payment_id, 'refunded', 1200)

    expect((await queueOf(tx, placed.order_id)).troubles).toEqual([])
  }))

test('orders are found by number, name and e-mail, in their stage, page by page', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx, 5)
    await deliver(tx, siblingId, locations[1], 5)
    const [one, two, three] = [
      await anOrder(tx, variantId, 1),
      await anOrder(tx, variantId, 1),
      await anOrder(tx, siblingId, 1),
    ]
    const ids = [one, two, three].map(({ placed }) => placed.order_id)
    for (const [n, id] of ids.entries())
      await tx`update public.orders set name = ${`Zuse ${n}`}, email = ${`100%_${n}@zuse.test`},
        created_at = now() - make_interval(hours => ${9 - n}) where id = ${id}`
    await aPicker(tx).pick(ids[1] ?? '', locations[0], skuOf(variantId))
    const found = async (query: string | null, filter: Record<string, string | number | boolean> = {}) => {
      const { stage = null, paid = null, location_id = null, after = null, size = 50 } = filter
      const rows =
        await tx`select order_id from public.search_orders(${query}, ${stage}, ${paid}, ${location_id}, ${after}, ${size})`
      return rows.map(({ order_id }) => ids.indexOf(order_id))
    }

    expect(await found(`#${two.placed.number}`)).toEqual([1])
    expect(await found('zuse')).toEqual([2, 1, 0])
    expect(await found('%_2@Z')).toEqual([2])
    expect(await found('zuse', { stage: 'to_pick' })).toEqual([0, 2])
    expect(await found('zuse', { stage: 'ready' })).toEqual([1])
    expect(await found('zuse', { stage: 'trouble' })).toEqual([])
    expect(await found('zuse', { location_id: locations[1] })).toEqual([2])
    expect(await found('zuse', { paid: true })).toEqual([])
    expect(await found('zuse', { size: 2, after: ids[2] ?? '' })).toEqual([1, 0])
    expect(await found('zuse', { stage: 'to_pick', after: ids[0] ?? '' })).toEqual([2])
    const counts = await tx`select stage, orders::int from public.count_open_orders()`
    expect(counts.find(({ stage }) => stage === 'ready')?.orders).toBeGreaterThan(0)
  }))
