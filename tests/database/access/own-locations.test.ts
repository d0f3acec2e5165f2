import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
  type Tx,
} from '@/tests/support/database'
import { aCount, found } from '@/tests/support/shop/counts'
import { anOrder } from '@/tests/support/shop/orders'
import { aPicker, skuOf } from '@/tests/support/shop/picking'
import { thePackingTable } from '@/tests/support/shop/shopping'
import { twelveUnits } from '@/tests/support/shop/twelve-units'
import { theCounterOf } from '@/tests/support/totals/counter'

const sql = connect(2)
afterAll(() => sql.end())

/** Units in the shop and their documents: an order to pick, a return to inspect, a count, a delivery in transit. */
async function aBusyShop(tx: Tx) {
  const stocked = await twelveUnits(tx)
  await deliver(tx, stocked.variantId, stocked.storeId, 5)
  const { placed, itemId } = await anOrder(tx, stocked.variantId, 1)
  const sold = await anOrder(tx, stocked.variantId, 1)
  const table = thePackingTable(tx)
  await table.fulfil(sold.placed.order_id, stocked.shopId)
  await table.returnItems(sold.placed.order_id, stocked.shopId, [
    { order_item_id: sold.itemId, quantity: 1, outcome: 'inspect' },
  ])
  const [back] = await tx`select id from public.order_returns where order_item_id = ${sold.itemId}`
  const count = await aCount(tx, stocked.shopId)
  await count.record(found(skuOf(stocked.variantId), 3))
  const lines = tx.json([{ variant_id: stocked.variantId, quantity: 2 }])
  const [delivery] =
    await tx`select id from public.announce_delivery('Ilse', ${stocked.shopId}, ${lines}, ${randomUUID()})`
  return {
    ...stocked,
    lines,
    orderId: placed.order_id,
    itemId,
    soldId: sold.placed.order_id,
    soldItemId: sold.itemId,
    returnId: Number(back?.id),
    count,
    deliveryId: String(delivery?.id),
  }
}
type Busy = Awaited<ReturnType<typeof aBusyShop>>

/** Every request that changes, claims or counts stock at a location, made for the shop. Named by its function. */
const operations: Record<string, (tx: Tx, shop: Busy) => Promise<unknown>> = {
  adjust_stock: (tx, { variantId, shopId }) =>
    tx`select public.adjust_stock(${variantId}, ${shopId}, 1, 'correction', ${randomUUID()})`,
  receive_stock: (tx, { shopId, lines }) =>
    tx`select public.receive_stock(${shopId}, ${lines}, 'DN-2', ${randomUUID()})`,
  recount_stock: (tx, { variantId, shopId }) =>
    tx`select public.recount_stock(${variantId}, ${shopId}, 11, 11, ${randomUUID()})`,
  set_safety_stock: (tx, { variantId, shopId }) =>
    tx`select public.set_safety_stock(${variantId}, ${shopId}, 1, ${randomUUID()})`,
  transfer_stock: (tx, { shopId, storeId, lines }) =>
    tx`select public.transfer_stock(${shopId}, ${storeId}, ${lines}, ${randomUUID()})`,
  send_transfer: (tx, { shopId, storeId, lines }) =>
    tx`select public.send_transfer(${shopId}, ${storeId}, ${lines}, ${randomUUID()})`,
  announce_delivery: (tx, { shopId, lines }) =>
    tx`select public.announce_delivery('Ilse', ${shopId}, ${lines}, ${randomUUID()})`,
  receive_delivery: (tx, { deliveryId, lines }) =>
    tx`select public.receive_delivery(${deliveryId}, ${lines}, ${randomUUID()})`,
  close_delivery: (tx, { deliveryId, variantId }) =>
    tx`select public.close_delivery(${deliveryId}, ${randomUUID()}, ${tx.json({ [variantId]: 'lost' })})`,
  fulfil_order: (tx, { orderId, shopId }) => thePackingTable(tx).fulfil(orderId, shopId),
  change_parcel: (tx, { soldId }) =>
    tx`select public.change_parcel(${soldId}, 1, ${tx.json({ carrier: 'UPS' })}, ${randomUUID()})`,
  mark_delivered: (tx, { soldId }) => tx`select public.mark_delivered(${soldId}, 1, true, ${randomUUID()})`,
  return_items: (tx, { orderId, itemId, shopId }) =>
    thePackingTable(tx).returnItems(orderId, shopId, [
      { order_item_id: itemId, quantity: 1, outcome: 'restock' },
    ]),
  inspect_return: (tx, { returnId }) => tx`select public.inspect_return(${returnId}, 1, ${randomUUID()})`,
  pick_units: (tx, { orderId, shopId, variantId }) => aPicker(tx).pick(orderId, shopId, skuOf(variantId)),
  short_pick: (tx, { orderId, shopId, itemId }) => aPicker(tx).short(orderId, shopId, itemId, 1),
  claim_order: (tx, { orderId }) => tx`select public.claim_order(${orderId}, ${randomUUID()})`,
  settle_shorts: (tx, { orderId }) => tx`select public.settle_shorts(${orderId}, ${randomUUID()})`,
  confirm_order: (tx, { orderId }) => thePackingTable(tx).confirm(orderId),
  quote_sale: (tx, { shopId, variantId }) => theCounterOf(tx, shopId).quote(variantId),
  sell_at_counter: (tx, { shopId, variantId }) => theCounterOf(tx, shopId).sell(variantId),
  take_payment: (tx, { orderId }) => thePackingTable(tx).takePayment(orderId),
  start_count: (tx, { shopId }) => tx`select public.start_count(${shopId}, false, ${randomUUID()})`,
  record_count: (_tx, { count, variantId }) => count.record(found(skuOf(variantId), 1)),
  answer_count: (_tx, { count }) => count.answer(1, true),
  abandon_count: (_tx, { count }) => count.abandon(),
}

/** A stock keeper who may change stock at these locations; null: everywhere. */
async function aKeeper(tx: Tx, locations: string[] | null) {
  const keeper = await person(tx, 'stock')
  await tx`update public.staff set location_ids = ${locations} where user_id = ${keeper.userId ?? ''}`
  return keeper
}

test.for(Object.keys(operations))('%s: only for who may change stock there', (operation) =>
  rolledBack(sql, async (tx) => {
    const shop = await aBusyShop(tx)
    const attempt = () =>
      tx.savepoint((nested) => (operations[operation] as (typeof operations)[string])(nested, shop))

    await actAs(tx, await aKeeper(tx, [shop.storeId]))
    expect(await refusal(attempt())).toMatchObject({
      status: 403,
      code: 'location_not_yours',
      detail: { location_id: shop.shopId },
    })

    await actAsOwner(tx)
    await actAs(
      tx,
      await aKeeper(tx, operation === 'transfer_stock' ? [shop.shopId, shop.storeId] : [shop.shopId]),
    )
    const answer = attempt()
    // Asked in a quiet shop, these have nothing to do: they are refused for that, and not for the place.
    if (operation === 'answer_count') expect((await refusal(answer)).code).toBe('invalid_input')
    else if (['change_parcel', 'mark_delivered'].includes(operation))
      expect((await refusal(answer)).code).toBe('not_found')
    else if (operation === 'return_items') expect((await refusal(answer)).code).toBe('not_handed_over')
    else await answer
  }),
)

test('carrying units over at once changes stock at both ends, so both must be theirs', () =>
  rolledBack(sql, async (tx) => {
    const { shopId, storeId, lines } = await aBusyShop(tx)
    await actAs(tx, await aKeeper(tx, [shopId]))

    const answer = await refusal(
      tx`select public.transfer_stock(${shopId}, ${storeId}, ${lines}, ${randomUUID()})`,
    )

    expect(answer).toMatchObject({ code: 'location_not_yours', detail: { location_id: storeId } })
  }))

test('unsent units return to a shelf only with stock rights at that location', () =>
  rolledBack(sql, async (tx) => {
    const { shopId, storeId, lines, variantId } = await aBusyShop(tx)
    const [sent] =
      await tx`select id from public.send_transfer(${storeId}, ${shopId}, ${lines}, ${randomUUID()})`
    const close = (what: string) =>
      tx.savepoint(
        (nested) =>
          nested`select public.close_delivery(${sent?.id}, ${randomUUID()}, ${nested.json({ [variantId]: what })})`,
      )
    await actAs(tx, await aKeeper(tx, [shopId]))

    expect(await refusal(close('not_sent'))).toMatchObject({
      code: 'location_not_yours',
      detail: { location_id: storeId },
    })
    await close('lost')
  }))

test('of a bulk change the rows of other locations are refused, each for itself', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)
    await actAs(tx, await aKeeper(tx, [shopId]))

    const [row] = await tx`select public.adjust_levels(${tx.json([
      { variant_id: variantId, location_id: shopId, delta: 1 },
      { variant_id: variantId, location_id: storeId, delta: 1 },
    ])}, 'correction', ${randomUUID()}) as results`

    expect(row?.results).toMatchObject([
      { location_id: shopId, level: { on_hand: 13 }, refusal: null },
      { location_id: storeId, level: null, refusal: { code: 'location_not_yours' } },
    ])
  }))

test('a change cannot be undone after the stock right for its location was lost', () =>
  rolledBack(sql, async (tx) => {
    const { variantId, shopId, storeId } = await twelveUnits(tx)
    const keeper = await aKeeper(tx, null)
    const change = randomUUID()
    await actAs(tx, keeper)
    await tx`select public.adjust_stock(${variantId}, ${shopId}, 1, 'correction', ${change})`

    await actAsOwner(tx)
    await tx`update public.staff set location_ids = ${[storeId]} where user_id = ${keeper.userId ?? ''}`
    await actAs(tx, keeper)

    const undone = refusal(tx`select public.undo_stock_change(${change}, ${randomUUID()})`)
    expect((await undone).code).toBe('location_not_yours')
  }))

test('the next order to pick is one with something to pick where one works', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, shopId, storeId } = await aBusyShop(tx)
    await tx`update public.orders set created_at = '2000-01-01' where id = ${orderId}`

    await actAs(tx, await aKeeper(tx, [storeId]))
    expect(await aPicker(tx).claimNext()).not.toBe(orderId)
    await actAsOwner(tx)
    await actAs(tx, await aKeeper(tx, [shopId]))
    expect(await aPicker(tx).claimNext()).toBe(orderId)
  }))

test('only stock keepers are limited to locations, and to at least one', () =>
  rolledBack(sql, async (tx) => {
    const { shopId } = await twelveUnits(tx)
    const { userId = '' } = await person(tx, 'stock')

    for (const wrong of [
      `update public.staff set location_ids = '{}' where user_id = '${userId}'`,
      `update public.staff set role = 'manager', location_ids = array['${shopId}'::uuid] where user_id = '${userId}'`,
    ]) {
      await expect(tx.savepoint((at) => at.unsafe(wrong))).rejects.toMatchObject({ code: '23514' })
    }
  }))

// A new function that stock keepers may call either checks the location, or is listed here with the reason why not.
const nowhere = {
  adjust_levels: 'refuses row by row',
  claim_next_order: 'looks only where the caller may pick',
  renew_claim: 'keeps what the caller has',
  release_claim: 'lets go of what the caller has',
  change_alert: 'assigns, moves nothing',
  add_customer_note: 'about a customer, who belongs to no location',
  record_consent: 'about a customer, who belongs to no location',
  answer_shopper: 'about a conversation, moves nothing',
  change_conversation: 'about a conversation, moves nothing',
  settle_withdrawal: 'notes the answer to a buyer, moves nothing',
}

test('every function for stock keepers asks where', async () => {
  const careless = await sql`
    select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'private' and p.prosrc like '%require_role(''stock'')%' and p.prosrc !~ 'require_role_(at|for_order)\\('`
  const asking = await sql`
    select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'private' and p.prosrc ~ 'require_role_(at|for_order)\\(''stock'''`

  expect(careless.map(({ name }) => name).toSorted()).toEqual(Object.keys(nowhere).toSorted())
  expect(asking.map(({ name }) => name).toSorted()).toEqual(
    // Ending holds is tried in hold-desk.test.ts.
    [...Object.keys(operations), 'end_holds', 'undo_stock_change'].toSorted(),
  )
})
