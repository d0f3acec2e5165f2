import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  type Caller,
  connect,
  person,
  refusal,
  rolledBack,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aPicker, skuOf } from '@/tests/support/shop/picking'
import { thePackingTable } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

/** Staff requests on an order, sorted so that each is possible after those before it. */
const operations: Record<string, (tx: Tx, order: AnOrder) => Promise<unknown>> = {
  claim: (tx, { orderId }) => aPicker(tx).claim(orderId),
  claimNext: (tx) => aPicker(tx).claimNext(),
  renew: (tx, { orderId }) => aPicker(tx).renew(orderId),
  pick: (tx, { orderId, here, sku }) => aPicker(tx).pick(orderId, here, sku),
  short: (tx, { orderId, here, itemId }) => aPicker(tx).short(orderId, here, itemId, 1),
  told: (tx, { orderId }) => aPicker(tx).told(orderId),
  letGo: (tx, { orderId }) => aPicker(tx).letGo(orderId),
  takePayment: (tx, { orderId }) => thePackingTable(tx).takePayment(orderId),
  handOver: (tx, { orderId, here, itemId }) =>
    thePackingTable(tx).fulfil(orderId, here, [{ order_item_id: itemId, quantity: 1 }]),
  returnItems: (tx, { orderId, here, itemId }) =>
    thePackingTable(tx).returnItems(orderId, here, [
      { order_item_id: itemId, quantity: 1, outcome: 'damaged' },
    ]),
  refund: (tx, { orderId }) => aPicker(tx).refund(orderId),
  cancel: (tx, { orderId }) => thePackingTable(tx).cancel(orderId),
}

type AnOrder = { orderId: string; here: string; itemId: number; sku: string }

const managersOnly = ['refund', 'cancel']

/** Sends every request and returns those refused for want of a role; any other error is thrown. */
async function refusedTo(tx: Tx, who: Caller, role: string): Promise<string[]> {
  const { variantId, locations } = await stockedVariant(tx, 4)
  const { placed, itemId } = await anOrder(tx, variantId, 3)
  const order = { orderId: placed.order_id, here: locations[0], itemId, sku: skuOf(variantId) }
  const refused: string[] = []
  for (const [name, operation] of Object.entries(operations)) {
    await actAs(tx, who)
    const attempt = tx.savepoint((nested) => operation(nested, order))
    const why = await attempt.then(
      () => null,
      () => refusal(attempt),
    )
    if (why) {
      expect(why, name).toMatchObject({ status: 403, code: 'role_required' })
      refused.push(`${name}: ${why.detail.role}`)
      await actAsOwner(tx)
      if (role !== 'manager') await operation(tx, order)
    }
  }
  return refused
}

test('a viewer reads, a stock keeper packs, a manager also cancels and refunds', () =>
  rolledBack(sql, async (tx) => {
    const named = Object.keys(operations)
    for (const [role, refused] of [
      ['manager', []],
      ['stock', managersOnly],
      ['viewer', named],
    ] as const) {
      await actAsOwner(tx)
      const who = await person(tx, role)
      expect(await refusedTo(tx, who, role)).toEqual(
        refused.map((name) => `${name}: ${managersOnly.includes(name) ? 'manager' : 'stock'}`),
      )
    }
  }))

test('picking leases, short picks and the queue are visible to staff only', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, locations } = await stockedVariant(tx, 3)
    const [buyer, outsider, viewer] = [await person(tx), await person(tx), await person(tx, 'viewer')]
    await actAs(tx, buyer)
    const { placed, itemId } = await anOrder(tx, variantId, 2)
    await actAsOwner(tx)
    await aPicker(tx).pick(placed.order_id, locations[0], skuOf(variantId))
    await aPicker(tx).short(placed.order_id, locations[0], itemId, 1)
    const id = placed.order_id
    const read = {
      picking: () => tx`select from public.order_picking where order_id = ${id}`,
      picks: () => tx`select from public.order_picks where order_id = ${id}`,
      shorts: () => tx`select from public.order_shorts where order_item_id = ${itemId}`,
      lines: () => tx`select from public.pick_lines where order_id = ${id}`,
      troubles: () => tx`select from public.order_troubles where order_id = ${id}`,
      queue: () => tx`select from public.order_queue where order_id = ${id}`,
      search: () => tx`select from public.search_orders(${String(placed.number)})`,
    }

    for (const [who, seen] of [
      [viewer, Object.keys(read)],
      // Their own order they read as an account shows it (order-access.test.ts); not how the shop works on it.
      [buyer, []],
      [outsider, []],
    ] as const) {
      await actAs(tx, who)
      const rows = await Promise.all(
        Object.entries(read).map(async ([name, ask]) => ((await ask()).length ? name : null)),
      )
      expect(rows.filter((name) => name !== null)).toEqual(seen)
    }
    await actAs(tx, shopper)
    for (const ask of Object.values(read)) {
      const attempt = tx.savepoint((nested) => nested.unsafe('select 1').then(() => ask()))
      await expect(attempt).rejects.toMatchObject({ code: '42501' })
    }
  }))
