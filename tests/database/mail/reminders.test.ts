import { afterAll, expect, test } from 'vitest'
import { connect, rolledBack, type Tx } from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { letPass, thePackingTable } from '@/tests/support/shop/shopping'

const sql = connect(3)
afterAll(() => sql.end())

const take = (tx: Tx) => tx`select public.take_mail(100)`

const reminders = async (tx: Tx, orderId: string) =>
  (
    await tx<{ status: string }[]>`select mail.status from private.mail
      join public.order_events as event on event.id = mail.event_id
      where event.order_id = ${orderId} and mail.kind = 'payment_reminder'`
  ).map(({ status }) => status)

/** An order that is paid when it is collected: it has three days. */
async function anUnpaidOrder(tx: Tx) {
  const { variantId, locations } = await stockedVariant(tx)
  const { placed } = await anOrder(tx, variantId, 1)
  return { orderId: placed.order_id, shop: locations[0] }
}

test('an order that is not paid is reminded of once, a day before it ends', () =>
  rolledBack(sql, async (tx) => {
    const { orderId } = await anUnpaidOrder(tx)
    await letPass(tx, '47 hours 59 minutes')
    await take(tx)
    expect(await reminders(tx, orderId)).toEqual([])

    await letPass(tx, '2 minutes')
    await take(tx)
    await letPass(tx, '10 minutes')
    await take(tx)
    expect(await reminders(tx, orderId)).toEqual(['waiting'])
    const twice = tx.savepoint(
      (nested) =>
        nested`insert into public.order_events (order_id, kind) values (${orderId}, 'payment_reminded')`,
    )
    await expect(twice).rejects.toMatchObject({ code: '23505' })
  }))

test('an order of short notice, one that ends within the hour and one that was confirmed get none', () =>
  rolledBack(sql, async (tx) => {
    const late = await anUnpaidOrder(tx)
    const confirmed = await anUnpaidOrder(tx)
    await thePackingTable(tx).confirm(confirmed.orderId)
    await letPass(tx, '71 hours 1 minute')
    await take(tx)
    expect(await reminders(tx, late.orderId)).toEqual([])
    expect(await reminders(tx, confirmed.orderId)).toEqual([])
  }))

test('an order that had less than twelve hours gets none', () =>
  rolledBack(sql, async (tx) => {
    await tx`update private.shop_limits set unpaid_for = '11 hours'`
    const { orderId } = await anUnpaidOrder(tx)
    await letPass(tx, '8 hours')
    await take(tx)
    expect(await reminders(tx, orderId)).toEqual([])
  }))

test('nobody is reminded while their payment is in progress', () =>
  rolledBack(sql, async (tx) => {
    const { orderId } = await anUnpaidOrder(tx)
    await letPass(tx, '49 hours')
    await tx`update public.payments set attempt_at = private.clock() where order_id = ${orderId}`
    await take(tx)
    expect(await reminders(tx, orderId)).toEqual([])
    await letPass(tx, '3 minutes')
    await take(tx)
    expect(await reminders(tx, orderId)).toEqual(['waiting'])
  }))

test('a reminder that was not sent before the order was paid is dropped', () =>
  rolledBack(sql, async (tx) => {
    const { orderId } = await anUnpaidOrder(tx)
    const open = await anUnpaidOrder(tx)
    await letPass(tx, '49 hours')
    await take(tx)
    expect(await reminders(tx, orderId)).toEqual(['waiting'])
    await thePackingTable(tx).takePayment(orderId)
    await letPass(tx, '6 minutes')
    await take(tx)
    expect(await reminders(tx, orderId)).toEqual([])
    expect(await reminders(tx, open.orderId)).toEqual(['waiting'])
  }))
