import { afterAll, expect, test } from 'vitest'
import { actAs, connect, guest, person, refusal, rolledBack } from '@/tests/support/database'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import {
  aGuest,
  countsOf,
  drift,
  endOverdue,
  letPass,
  shelfOf,
  thePackingTable,
  theProvider,
} from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('a paid order is placed; its money comes back when it is cancelled', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const provider = await theProvider(tx)
    const { guest, placed } = await anOrder(tx, variantId, 2, 'sandbox')
    expect(placed.status).toBe('awaiting_payment')
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 2, committed: 0 })

    expect(await provider(placed.payment_id, 'captured', 2400)).toMatchObject({ effect: 'placed' })
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 0, committed: 2 })
    expect(await tx`select from public.unresolved_payments()`).toHaveLength(0)

    await guest.cancel(placed.order_id)
    expect((await guest.order(placed.order_id)).payment).toMatchObject({
      refund_due_minor: 2400,
      refunded_minor: 0,
    })
    expect((await tx`select problem, amount_minor::int from public.unresolved_payments()`)[0]).toEqual({
      problem: 'refund_due',
      amount_minor: 2400,
    })
    await provider(placed.payment_id, 'refunded', 2400)
    expect(await tx`select from public.unresolved_payments()`).toHaveLength(0)
    expect(await drift(tx)).toEqual([])
  }))

test('a webhook twice, out of order or after the fact changes nothing more', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const provider = await theProvider(tx)
    const { guest, placed } = await anOrder(tx, variantId, 1, 'sandbox')

    expect(await provider(placed.payment_id, 'declined', 0)).toMatchObject({ effect: 'declined' })
    expect(await provider(placed.payment_id, 'captured', 1200, 'once')).toMatchObject({ effect: 'placed' })
    expect(await provider(placed.payment_id, 'captured', 1200, 'once')).toMatchObject({ effect: 'placed' })
    expect(await provider(placed.payment_id, 'captured', 1200)).toMatchObject({ effect: 'ignored' })
    expect(await provider(placed.payment_id, 'declined', 0)).toMatchObject({ effect: 'ignored' })

    expect((await guest.order(placed.order_id)).payment).toMatchObject({
      status: 'captured',
      captured_minor: 1200,
    })
    expect(await countsOf(tx, variantId)).toMatchObject({ committed: 1 })
    expect(await drift(tx)).toEqual([])
  }))

test('a payment in progress is no declined one, and not forever in progress', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const provider = await theProvider(tx)
    const { guest, placed } = await anOrder(tx, variantId, 1, 'sandbox')
    const payment = async () => (await guest.order(placed.order_id)).payment
    await provider(placed.payment_id, 'declined', 0)
    expect(await payment()).toMatchObject({ status: 'declined', in_progress: false })

    expect(await provider(placed.payment_id, 'started', 0)).toMatchObject({ effect: 'started' })
    expect(await payment()).toMatchObject({ status: 'pending', in_progress: true })
    await letPass(tx, '3 minutes')
    expect(await payment()).toMatchObject({ status: 'pending', in_progress: false })

    await provider(placed.payment_id, 'started', 0)
    expect(await provider(placed.payment_id, 'declined', 0)).toMatchObject({ effect: 'declined' })
    expect(await payment()).toMatchObject({ status: 'declined', in_progress: false })
    await provider(placed.payment_id, 'started', 0)
    expect(await provider(placed.payment_id, 'captured', 1200)).toMatchObject({ effect: 'placed' })
    expect(await payment()).toMatchObject({ status: 'captured', in_progress: false })
    expect(await provider(placed.payment_id, 'started', 0)).toMatchObject({ effect: 'ignored' })
  }))

test('money that comes after the deadline is an order while the units are there', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    const provider = await theProvider(tx)
    const { placed } = await anOrder(tx, variantId, 1, 'sandbox')
    await letPass(tx, '20 minutes')

    expect(await provider(placed.payment_id, 'captured', 1200)).toMatchObject({ effect: 'placed' })
    expect(await countsOf(tx, variantId)).toMatchObject({ committed: 1, available: 0 })
    expect(await drift(tx)).toEqual([])
  }))

test('money that comes when the units are gone goes back', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    const provider = await theProvider(tx)
    const { guest, placed } = await anOrder(tx, variantId, 1, 'sandbox')
    await letPass(tx, '20 minutes')
    await aGuest(tx).hold(variantId)

    expect(await provider(placed.payment_id, 'captured', 1200)).toMatchObject({ effect: 'refund_due' })

    expect(await guest.order(placed.order_id)).toMatchObject({
      status: 'cancelled',
      payment: { status: 'captured', refund_due_minor: 1200 },
    })
    expect(await drift(tx)).toEqual([])
  }))

test('an unpaid order expires automatically, and a late payment is due back', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx, 1)
    const provider = await theProvider(tx)
    const { guest, placed } = await anOrder(tx, variantId, 1, 'sandbox')
    await letPass(tx, '20 minutes')
    expect((await tx`select problem from public.unresolved_payments()`)[0]).toEqual({ problem: 'no_answer' })

    await endOverdue(tx)

    expect(await guest.order(placed.order_id)).toMatchObject({
      status: 'cancelled',
      payment: { status: 'void' },
    })
    expect(await shelfOf(tx, variantId)).toEqual({ band: 'low', left: 1 })
    expect(await provider(placed.payment_id, 'captured', 1200)).toMatchObject({ effect: 'refund_due' })
    expect(await drift(tx)).toEqual([])
  }))

test('another amount than the one asked for is money to send back, not an order', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const provider = await theProvider(tx)
    const { guest, placed } = await anOrder(tx, variantId, 1, 'sandbox')

    expect(await provider(placed.payment_id, 'captured', 1)).toMatchObject({ effect: 'refund_due' })

    expect(await guest.order(placed.order_id)).toMatchObject({
      status: 'cancelled',
      payment: { refund_due_minor: 1 },
    })
    expect(await drift(tx)).toEqual([])
  }))

test('a webhook without the provider’s signature is nobody’s', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 1, 'sandbox')
    const payload = JSON.stringify({
      provider: 'sandbox',
      event_id: 'x',
      payment_id: placed.payment_id,
      kind: 'captured',
      amount_minor: 1200,
    })
    const manager = await person(tx, 'manager')
    await actAs(tx, guest)

    for (const signature of ['', 'f'.repeat(64)]) {
      const forged = tx.savepoint(
        (nested) => nested`select public.receive_payment_event(${payload}, ${signature})`,
      )
      expect(await refusal(forged)).toMatchObject({ status: 403, code: 'bad_signature' })
    }
    await actAs(tx, manager)
    const signing = tx.savepoint((nested) => nested`select public.sign_sandbox_event(${payload})`)
    await expect(signing).rejects.toMatchObject({ code: '42501' })
  }))

test('money at the counter is taken once', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { placed } = await anOrder(tx, variantId, 2)

    const order = await thePackingTable(tx).takePayment(placed.order_id)

    expect(order.payment).toMatchObject({ status: 'captured', captured_minor: 2400 })
    const again = tx.savepoint((nested) => thePackingTable(nested).takePayment(placed.order_id))
    expect(await refusal(again)).toMatchObject({ code: 'order_not_open' })
  }))
