import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, connect, deliver, person, refusal, rolledBack } from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aPicker, queueOf, skuOf } from '@/tests/support/shop/picking'
import { aGuest, countsOf, drift, letPass, thePackingTable } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('an order goes from the shelf into the box and over the counter', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const { guest, placed } = await anOrder(tx, variantId, 2)
    const picker = aPicker(tx)
    expect(await queueOf(tx, placed.order_id)).toMatchObject({ stage: 'to_pick', to_pick: 2, ready: 0 })

    await picker.claim(placed.order_id)
    await picker.pick(placed.order_id, locations[0], skuOf(variantId))
    expect(await queueOf(tx, placed.order_id)).toMatchObject({ stage: 'to_pick', to_pick: 1, ready: 1 })
    await picker.pick(placed.order_id, locations[0], skuOf(variantId).toLowerCase())

    expect(await queueOf(tx, placed.order_id)).toMatchObject({ stage: 'ready', to_pick: 0, picker: null })
    expect(await guest.order(placed.order_id)).toMatchObject({ ready: true })
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 5, held: 0, committed: 2, available: 3 })
    await thePackingTable(tx).fulfil(placed.order_id, locations[0])
    expect(await queueOf(tx, placed.order_id)).toMatchObject({ stage: 'fulfilled', locations: [] })
    expect(await drift(tx)).toEqual([])
  }))

test('an order has one picker at a time, and the others are told who and until when', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const { placed, itemId } = await anOrder(tx, variantId, 1)
    const [ada, ben] = [await person(tx, 'stock'), await person(tx, 'manager')]
    await actAs(tx, ada)
    const { leased_until } = await aPicker(tx).claim(placed.order_id)

    await actAs(tx, ben)
    const operations: ((rival: ReturnType<typeof aPicker>) => Promise<unknown>)[] = [
      (rival) => rival.claim(placed.order_id),
      (rival) => rival.pick(placed.order_id, locations[0], skuOf(variantId)),
      (rival) => rival.short(placed.order_id, locations[0], itemId, 1),
    ]
    for (const operation of operations) {
      const attempt = tx.savepoint((nested) => operation(aPicker(nested)))
      const { code, status, detail } = await refusal(attempt)
      expect({ code, status }).toEqual({ code: 'order_claimed', status: 409 })
      expect(detail).toMatchObject({ order_id: placed.order_id, picker: 'stock' })
      expect(new Date(String(detail.leased_until))).toEqual(leased_until)
    }
    expect(await aPicker(tx).claimNext()).not.toBe(placed.order_id)
    expect(await aPicker(tx).renew(placed.order_id)).toMatchObject({ picker: ada.userId })
  }))

test('an abandoned order is back after 30 seconds and not before, and work keeps it', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 3)
    const [ada, ben] = [await person(tx, 'stock'), await person(tx, 'stock')]
    const asBen = async () => {
      await actAs(tx, ben)
      return tx.savepoint((nested) => aPicker(nested).claim(placed.order_id))
    }
    const pass = async (time: string) => {
      await actAsOwner(tx)
      await letPass(tx, time)
    }
    await actAs(tx, ada)
    await aPicker(tx).claim(placed.order_id)
    await pass('20 seconds')
    await actAs(tx, ada)
    await aPicker(tx).renew(placed.order_id)
    await pass('20 seconds')
    await actAs(tx, ada)
    await aPicker(tx).pick(placed.order_id, locations[0], skuOf(variantId))

    await pass('29 seconds')
    expect(await refusal(asBen())).toMatchObject({ code: 'order_claimed' })
    await pass('1 second')
    expect(await asBen()).toMatchObject({ picker: ben.userId })

    await actAs(tx, ada)
    const late = tx.savepoint((nested) =>
      aPicker(nested).pick(placed.order_id, locations[0], skuOf(variantId)),
    )
    expect(await refusal(late)).toMatchObject({ code: 'order_claimed' })
    expect(await aPicker(tx).renew(placed.order_id)).toMatchObject({ picker: ben.userId })
    await actAs(tx, ben)
    await aPicker(tx).pick(placed.order_id, locations[0], skuOf(variantId), 2)
    expect(await queueOf(tx, placed.order_id)).toMatchObject({ stage: 'ready' })
  }))

test('a lease that ran out while nobody wanted the order goes on with the next scan', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 2)
    const ada = await person(tx, 'stock')
    await actAs(tx, ada)
    await aPicker(tx).claim(placed.order_id)
    await actAsOwner(tx)
    await letPass(tx, '10 minutes')
    await actAs(tx, ada)

    await aPicker(tx).pick(placed.order_id, locations[0], skuOf(variantId))

    expect(await queueOf(tx, placed.order_id)).toMatchObject({ picker: ada.userId, to_pick: 1 })
  }))

test('an order that is let go is free at once and keeps what is in its box', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 2)
    const [ada, ben] = [await person(tx, 'stock'), await person(tx, 'stock')]
    await actAs(tx, ada)
    await aPicker(tx).pick(placed.order_id, locations[0], skuOf(variantId))
    const key = randomUUID()
    await aPicker(tx).letGo(placed.order_id, key)

    await actAs(tx, ben)
    await aPicker(tx).letGo(placed.order_id)
    expect(await aPicker(tx).claim(placed.order_id)).toMatchObject({ picker: ben.userId })
    await actAs(tx, ada)
    expect(await aPicker(tx).letGo(placed.order_id, key)).toMatchObject({ picker: null })

    expect(await queueOf(tx, placed.order_id)).toMatchObject({ picker: ben.userId, to_pick: 1, ready: 1 })
  }))

test('the next order is the one that has waited longest and is nobody’s', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx)
    await deliver(tx, siblingId, locations[1], 2)
    const [first, second] = [await anOrder(tx, variantId, 1), await anOrder(tx, variantId, 1)]
    const elsewhere = await anOrder(tx, siblingId, 1)
    await tx`update public.orders set created_at = '2020-01-01' where id = ${first.placed.order_id}`
    await tx`update public.orders set created_at = '2020-01-02' where id = ${second.placed.order_id}`
    const [ada, ben] = [await person(tx, 'stock'), await person(tx, 'stock')]
    const picker = aPicker(tx)

    await actAs(tx, ada)
    expect(await picker.claimNext(locations[0])).toBe(first.placed.order_id)
    await actAs(tx, ben)
    expect(await picker.claimNext()).toBe(second.placed.order_id)
    expect(await picker.claimNext(locations[1])).toBe(elsewhere.placed.order_id)
    expect(await picker.claimNext(randomUUID())).toBeNull()
  }))

test('a barcode picks a unit; a wrong product is refused, and so is more than ordered', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, siblingId, locations } = await stockedVariant(tx)
    await tx`update public.variants set barcode = '4006381333931' where id = ${variantId}`
    const { placed } = await anOrder(tx, variantId, 2)
    const pick = (code: string, units = 1, at = locations[0]) =>
      tx.savepoint((nested) => aPicker(nested).pick(placed.order_id, at, code, units))

    expect(await pick(' 4006381333931 ')).toMatchObject({ picked: 1 })
    expect(await refusal(pick(skuOf(siblingId)))).toMatchObject({
      status: 409,
      code: 'not_on_order',
      detail: { code: skuOf(siblingId) },
    })
    expect(await refusal(pick(skuOf(variantId), 2))).toMatchObject({
      code: 'nothing_to_pick',
      detail: { title: 'Mug', wanted: 2, left: 1 },
    })
    expect(await refusal(pick(skuOf(variantId), 1, locations[1]))).toMatchObject({
      code: 'nothing_to_pick',
      detail: { left: 0 },
    })
    expect(await refusal(pick(skuOf(variantId), 0))).toMatchObject({ code: 'invalid_input' })
  }))

test('a scan sent twice is one unit, and what was picked by mistake is put back', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 1)
    const picker = aPicker(tx)
    const key = randomUUID()

    const once = await picker.pick(placed.order_id, locations[0], skuOf(variantId), 1, key)
    expect(await picker.pick(placed.order_id, locations[0], skuOf(variantId), 1, key)).toEqual(once)
    expect(await queueOf(tx, placed.order_id)).toMatchObject({ stage: 'ready' })

    await picker.pick(placed.order_id, locations[0], skuOf(variantId), -1)
    expect(await queueOf(tx, placed.order_id)).toMatchObject({ stage: 'to_pick', to_pick: 1, ready: 0 })
    const again = tx.savepoint((nested) =>
      aPicker(nested).pick(placed.order_id, locations[0], skuOf(variantId), -1),
    )
    expect(await refusal(again)).toMatchObject({ code: 'nothing_to_pick', detail: { left: 0 } })
    expect(await drift(tx)).toEqual([])
  }))

test('a cancelled order releases the units in its box and cannot be picked further', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx)
    const { guest, placed } = await anOrder(tx, variantId, 2)
    await aPicker(tx).pick(placed.order_id, locations[0], skuOf(variantId))

    const order = await guest.cancel(placed.order_id)

    expect(order.events.at(-1)).toMatchObject({ kind: 'cancelled', detail: { put_back: 1 } })
    const late = tx.savepoint((nested) =>
      aPicker(nested).pick(placed.order_id, locations[0], skuOf(variantId)),
    )
    expect(await refusal(late)).toMatchObject({ code: 'order_not_open', detail: { status: 'cancelled' } })
    expect(await queueOf(tx, placed.order_id)).toMatchObject({ stage: 'cancelled', picker: null })
    expect(await countsOf(tx, variantId)).toEqual({ on_hand: 5, held: 0, committed: 0, available: 5 })
    expect(await drift(tx)).toEqual([])
  }))

test('an order that is not paid yet is not picked', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const guest = aGuest(tx)
    await guest.hold(variantId, 1)
    const placed = await guest.place('sandbox')

    const early = tx.savepoint((nested) => aPicker(nested).claim(placed.order_id))

    expect(await refusal(early)).toMatchObject({
      code: 'order_not_open',
      detail: { status: 'awaiting_payment' },
    })
    expect(await queueOf(tx, placed.order_id)).toMatchObject({ stage: 'awaiting_payment', to_pick: 0 })
  }))
