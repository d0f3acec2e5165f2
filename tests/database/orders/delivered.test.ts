import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { Order } from '@/lib/domain/orders/order'
import { hasWithdrawn, mayWithdraw } from '@/lib/domain/orders/order-rules'
import { isDelivered } from '@/lib/domain/orders/parcels'
import {
  actAs,
  actAsOwner,
  connect,
  person,
  refused,
  rolledBack,
  secretKey,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { forget, pass } from '@/tests/support/retention'
import { anOrder, as, stockedVariant } from '@/tests/support/shop/orders'
import { drift, theProvider } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

/** A paid order of two mugs that was sent to an address, as its guest reads it. */
async function aSentOrder(tx: Tx) {
  const { variantId, locations } = await stockedVariant(tx, 5)
  const { placed, guest } = await anOrder(tx, variantId, 2, 'sandbox')
  await (await theProvider(tx))(placed.payment_id, 'captured', placed.total_minor)
  await tx`update public.orders set delivery = 'delivery', collect_at = null,
    address = '{"line1": "Elm Street 2", "postcode": "9000", "city": "Ghent", "country": "BE"}'
    where id = ${placed.order_id}`
  await tx`select public.fulfil_order(${placed.order_id}, ${locations[0]}, ${randomUUID()})`
  const order = await read(tx, placed.order_id)
  return { orderId: placed.order_id, token: guest.token, order, handOver: handOverOf(order) }
}

const read = async (tx: Tx, orderId: string) =>
  Order.parse((await tx`select public.read_order(${orderId}) as read`)[0]?.read)
const handOverOf = ({ events }: Order) => events.find(({ kind }) => kind === 'handed_over')?.id ?? 0
const mark = async (tx: Tx, orderId: string, handOver: number, delivered: boolean, key = randomUUID()) =>
  Order.parse(
    (await tx`select public.mark_delivered(${orderId}, ${handOver}, ${delivered}, ${key}) as done`)[0]?.done,
  )
const withdraw = async (
  tx: Tx,
  orderId: string,
  token: string | null,
  items: string | null = null,
  key = randomUUID(),
) =>
  Order.parse(
    (await tx`select public.ask_withdrawal(${orderId}, ${key}, ${token}, ${items}) as done`)[0]?.done,
  )
const settle = async (tx: Tx, orderId: string) =>
  Order.parse((await tx`select public.settle_withdrawal(${orderId}, ${randomUUID()}) as done`)[0]?.done)
const mails = async (tx: Tx, orderId: string) =>
  (
    await tx`select from private.mail join public.order_events as event on event.id = mail.event_id
      where event.order_id = ${orderId} and mail.kind = 'withdrawal_received'`
  ).length

test('a parcel is delivered once, and not delivered again when the mark was a mistake', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, order, handOver } = await aSentOrder(tx)
    expect(isDelivered(order)).toBe(false)
    const stock = await person(tx, 'stock')
    const key = randomUUID()

    const marked = await as(tx, stock, () => mark(tx, orderId, handOver, true, key))
    expect(isDelivered(marked)).toBe(true)
    expect(marked.version).toBeGreaterThan(order.version)
    expect(await as(tx, stock, () => mark(tx, orderId, handOver, true, key))).toEqual(marked)
    const again = await as(tx, stock, () => mark(tx, orderId, handOver, true))
    expect(again.events).toHaveLength(marked.events.length)

    expect(isDelivered(await as(tx, stock, () => mark(tx, orderId, handOver, false)))).toBe(false)
    expect(await drift(tx)).toEqual([])
  }))

test('only staff of role stock mark a parcel, and only one that was sent', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, handOver } = await aSentOrder(tx)
    const [outsider, viewer, stock] = [
      await person(tx),
      await person(tx, 'viewer'),
      await person(tx, 'stock'),
    ]
    for (const who of [outsider, viewer]) {
      await actAs(tx, who)
      expect(await refused(tx, (nested) => mark(nested, orderId, handOver, true))).toMatchObject({
        code: 'role_required',
      })
      expect(await refused(tx, (nested) => settle(nested, orderId))).toMatchObject({ code: 'role_required' })
    }
    await actAs(tx, stock)
    for (const wrong of [handOver + 1, -1])
      expect(await refused(tx, (nested) => mark(nested, orderId, wrong, true))).toMatchObject({
        code: 'not_found',
      })
    await actAs(tx, shopper)
    await expect(tx.savepoint((nested) => mark(nested, orderId, handOver, true))).rejects.toMatchObject({
      code: '42501',
    })
  }))

test('a buyer withdraws by the secret of the link, once, gets one e-mail, and staff see it until it is settled', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, token, order } = await aSentOrder(tx)
    expect(mayWithdraw(order)).toBe(true)
    await actAs(tx, secretKey)
    for (const wrong of ['x'.repeat(40), null])
      expect(await refused(tx, (nested) => withdraw(nested, orderId, wrong))).toMatchObject({
        code: 'not_found',
      })
    const key = randomUUID()

    const asked = await withdraw(tx, orderId, token, 'The blue mug', key)
    await withdraw(tx, orderId, token, 'The blue mug', key)
    await withdraw(tx, orderId, token)

    expect([hasWithdrawn(asked), mayWithdraw(asked)]).toEqual([true, false])
    expect(asked.events.at(-1)).toMatchObject({
      kind: 'withdrawal_asked',
      detail: { reason: 'The blue mug' },
    })
    await actAsOwner(tx)
    expect(await mails(tx, orderId)).toBe(1)
    const troubles = async () =>
      (await tx`select trouble from public.order_troubles where order_id = ${orderId}`).map(
        (row) => row.trouble,
      )
    const stock = await person(tx, 'stock')
    expect(await as(tx, stock, troubles)).toEqual(['withdrawn'])
    expect(await as(tx, await person(tx), troubles)).toEqual([])

    const settled = await as(tx, stock, async () => {
      await settle(tx, orderId)
      return settle(tx, orderId)
    })
    expect(settled.events.filter(({ kind }) => kind === 'withdrawal_settled')).toHaveLength(1)
    expect(await as(tx, stock, troubles)).toEqual([])
    expect(mayWithdraw(settled)).toBe(true)
    expect(await drift(tx)).toEqual([])
  }))

test('nobody withdraws from an order that is not placed, or of which nothing is left', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 2)
    const { placed, guest } = await anOrder(tx, variantId, 1, 'sandbox')
    const cancelled = await anOrder(tx, variantId, 1)
    await cancelled.guest.cancel(cancelled.placed.order_id)
    await actAs(tx, secretKey)

    for (const [id, token] of [
      [placed.order_id, guest.token],
      [cancelled.placed.order_id, cancelled.guest.token],
    ] as const)
      expect(await refused(tx, (nested) => withdraw(nested, id, token))).toMatchObject({
        code: 'order_not_open',
      })
  }))

test('an order whose withdrawal waits keeps its person until the shop has settled it', () =>
  rolledBack(sql, async (tx) => {
    const { orderId, token } = await aSentOrder(tx)
    await actAs(tx, secretKey)
    await withdraw(tx, orderId, token, 'For Ada only')
    await tx`select public.erase_order(${orderId}, ${token}, ${randomUUID()})`
    await actAsOwner(tx)
    await pass(tx, '25 hours')
    await forget(tx)
    expect((await tx`select erased_at from public.orders where id = ${orderId}`)[0]?.erased_at).toBeNull()

    await settle(tx, orderId)
    await pass(tx, '25 hours')
    await forget(tx)

    expect((await tx`select erased_at from public.orders where id = ${orderId}`)[0]?.erased_at).not.toBeNull()
    const [asked] = await tx`select detail from public.order_events
      where order_id = ${orderId} and kind = 'withdrawal_asked'`
    expect(asked?.detail).toEqual({})
  }))
