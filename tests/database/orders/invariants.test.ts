import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { connect, rolledBack, type Tx } from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { aGuest, thePackingTable, theProvider } from '@/tests/support/shop/shopping'

const sql = connect(1)
afterAll(() => sql.end())

/** Commits, as far as constraints can tell: everything that waits for the commit is checked. */
const committed = (tx: Tx, work: (nested: Tx) => PromiseLike<unknown>) =>
  tx.savepoint(async (nested) => {
    await work(nested)
    await nested`set constraints all immediate`
  })

const broken = (name: string) => ({ code: '23514', constraint_name: name })

/** Two mugs placed, of five. */
async function placed(tx: Tx) {
  const shop = await stockedVariant(tx)
  const order = await anOrder(tx, shop.variantId, 2)
  await tx`set constraints all immediate`
  await tx`set constraints all deferred`
  return { ...shop, ...order, orderId: order.placed.order_id }
}
type Placed = Awaited<ReturnType<typeof placed>>

const mistakes: [string, (tx: Tx, order: Placed) => PromiseLike<unknown>][] = [
  [
    'its units are given back',
    (tx, { itemId }) => tx`delete from public.claims where order_item_id = ${itemId}`,
  ],
  [
    'fewer are kept',
    (tx, { itemId }) => tx`update public.claims set quantity = 1 where order_item_id = ${itemId}`,
  ],
  [
    'more are kept',
    (tx, { itemId, variantId, locations }) => tx`
      insert into public.claims (variant_id, location_id, order_item_id, quantity)
      values (${variantId}, ${locations[0]}, ${itemId}, 1)
      on conflict (order_item_id, location_id) where order_item_id is not null do update set quantity = 3`,
  ],
  [
    'they are kept only for a time',
    (tx, { itemId }) => tx`update public.claims set expires_at = now() where order_item_id = ${itemId}`,
  ],
  [
    'they become a cart’s',
    async (tx, { itemId, variantId }) => {
      const { cart_id } = await aGuest(tx).hold(variantId, 2)
      await tx`delete from public.claims where cart_id = ${cart_id}`
      await tx`update public.claims set order_item_id = null, cart_id = ${cart_id}, expires_at = now() where order_item_id = ${itemId}`
    },
  ],
  [
    'the item grows',
    (tx, { itemId }) =>
      tx`update public.order_items set quantity = 3, total_minor = 3600 where id = ${itemId}`,
  ],
  [
    'units are handed over in the data',
    (tx, { itemId }) => tx`update public.order_items set fulfilled = 1 where id = ${itemId}`,
  ],
  [
    'units are cancelled in the data',
    (tx, { itemId }) => tx`update public.order_items set cancelled = 1 where id = ${itemId}`,
  ],
  [
    'the order is cancelled in the data',
    (tx, { orderId }) =>
      tx`update public.orders set status = 'cancelled', cancelled_at = now() where id = ${orderId}`,
  ],
  [
    'the order is closed in the data',
    (tx, { orderId }) => tx`update public.orders set status = 'fulfilled' where id = ${orderId}`,
  ],
  [
    'units of another variant are kept for it',
    async (tx, { itemId, siblingId, locations }) => {
      await tx`insert into public.stock_levels (variant_id, location_id) values (${siblingId}, ${locations[0]}) on conflict do nothing`
      await tx`delete from public.claims where order_item_id = ${itemId}`
      await tx`alter table public.stock_levels disable trigger user`
      await tx`update public.stock_levels set on_hand = 9, available = 9 where variant_id = ${siblingId}`
      await tx`insert into public.claims (variant_id, location_id, order_item_id, quantity)
        values (${siblingId}, ${locations[0]}, ${itemId}, 2)`
    },
  ],
]

test.for(mistakes)('an order item and its units are never parted: %s', ([, mistake]) =>
  rolledBack(sql, async (tx) => {
    const order = await placed(tx)
    await expect(committed(tx, (nested) => mistake(nested, order))).rejects.toMatchObject(
      broken('claims_match_their_item'),
    )
  }),
)

test('a function that forgets the units of an order cannot commit it', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, siblingId } = await placed(tx)
    const forgetful = committed(
      tx,
      (nested) => nested`
        insert into public.order_items (order_id, variant_id, sku, title, option_values, price_minor, tax_rate_bp, quantity, total_minor, tax_minor)
        values (${orderId}, ${siblingId}, 'X', 'X', '{}', 1, 0, 1, 1, 0)`,
    )
    await expect(forgetful).rejects.toMatchObject(broken('claims_match_their_item'))
  }))

test('an unpaid order holds all units of an item or none', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { itemId } = await anOrder(tx, variantId, 2, 'sandbox')
    const part = committed(
      tx,
      (nested) => nested`update public.claims set quantity = 1 where order_item_id = ${itemId}`,
    )
    await expect(part).rejects.toMatchObject(broken('claims_match_their_item'))

    await committed(tx, (nested) => nested`delete from public.claims where order_item_id = ${itemId}`)
  }))

test('an item is not removed from its order', () =>
  rolledBack(sql, async (tx) => {
    const { itemId } = await placed(tx)
    const removed = committed(tx, async (nested) => {
      await nested`delete from public.claims where order_item_id = ${itemId}`
      await nested`delete from public.order_picks where order_item_id = ${itemId}`
      await nested`delete from public.order_items where id = ${itemId}`
    })
    await expect(removed).rejects.toMatchObject(broken('items_match_their_order'))
  }))

/** A paid order of two mugs, 24.00. */
async function paid(tx: Tx) {
  const { variantId } = await stockedVariant(tx)
  const provider = await theProvider(tx)
  const order = await anOrder(tx, variantId, 2, 'sandbox')
  await provider(order.placed.payment_id, 'captured', 2400)
  return { ...order, orderId: order.placed.order_id }
}

test('captured money has its order or is due back', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, itemId, guest } = await paid(tx)
    await guest.cancel(orderId)
    await tx`set constraints all immediate`
    await tx`set constraints all deferred`

    const kept = committed(
      tx,
      (nested) => nested`update public.payments set refund_due_minor = 2399 where order_id = ${orderId}`,
    )
    await expect(kept).rejects.toMatchObject(broken('money_has_its_order'))

    const other = await paid(tx)
    const cancelled = committed(tx, async (nested) => {
      await nested`delete from public.claims where order_item_id = ${other.itemId}`
      await nested`update public.order_items set cancelled = 2 where id = ${other.itemId}`
      await nested`update public.orders set status = 'cancelled', cancelled_at = now() where id = ${other.orderId}`
    })
    await expect(cancelled).rejects.toMatchObject(broken('money_has_its_order'))
    expect(itemId).not.toBe(other.itemId)
  }))

test('money for units that are cancelled one by one is due back too', () =>
  rolledBack(sql, async (tx) => {
    const { itemId } = await paid(tx)
    const forgotten = committed(tx, async (nested) => {
      await nested`update public.claims set quantity = 1 where order_item_id = ${itemId}`
      await nested`update public.order_items set cancelled = 1 where id = ${itemId}`
    })
    await expect(forgotten).rejects.toMatchObject(broken('money_has_its_order'))
  }))

test('an order that was returned in part before it was paid is paid for the rest', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, itemId, locations } = await placed(tx)
    const table = thePackingTable(tx)
    await table.fulfil(orderId, locations[0])
    await table.returnItems(orderId, locations[0], [
      { order_item_id: itemId, quantity: 1, outcome: 'restock' },
    ])

    expect((await table.takePayment(orderId)).payment.captured_minor).toBe(1200)
  }))

const cartMistakes: [string, (tx: Tx, cart: string) => PromiseLike<unknown>][] = [
  ['the line is taken away', (tx, cart) => tx`delete from public.cart_lines where cart_id = ${cart}`],
  ['the line shrinks', (tx, cart) => tx`update public.cart_lines set quantity = 1 where cart_id = ${cart}`],
  ['more is held', (tx, cart) => tx`update public.claims set quantity = 3 where cart_id = ${cart}`],
  [
    'the hold becomes another cart’s',
    async (tx, cart) => {
      const [other] =
        await tx`insert into public.carts (token_hash) values (sha256(${randomUUID()})) returning id`
      await tx`update public.claims set cart_id = ${other?.id} where cart_id = ${cart}`
    },
  ],
]

test.for(cartMistakes)('a cart holds at most what its line says: %s', ([, mistake]) =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { cart_id } = await aGuest(tx).hold(variantId, 2)
    // The hold is checked now, so that the mistake alone is what is checked later.
    await tx`set constraints all immediate`
    await tx`set constraints all deferred`
    await expect(committed(tx, (nested) => mistake(nested, cart_id ?? ''))).rejects.toMatchObject(
      broken('claims_match_their_line'),
    )
  }),
)

test('a cart has one owner', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { cart_id } = await aGuest(tx).hold(variantId)
    const nobodys = tx.savepoint(
      (nested) => nested`update public.carts set token_hash = null where id = ${cart_id}`,
    )
    await expect(nobodys).rejects.toMatchObject(broken('carts_have_one_owner'))
  }))

test('a key is not committed without its outcome', () =>
  rolledBack(sql, async (tx) => {
    const open = committed(
      tx,
      (nested) => nested`select private.begin_once(${randomUUID()}, 'place_order', '[]')`,
    )
    await expect(open).rejects.toMatchObject(broken('keys_have_an_outcome'))
  }))
