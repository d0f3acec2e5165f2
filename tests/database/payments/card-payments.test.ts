import { afterAll, expect, test } from 'vitest'
import { anOrderByCard } from '@/tests/support/cards/card-facts'
import { connect, refusal, rolledBack } from '@/tests/support/database'
import { aGuest, countsOf, drift, endOverdue, letPass, thePackingTable } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('a card is authorised, then the order has its units, then the money is captured', () =>
  rolledBack(sql, async (tx) => {
    const { record, order, variantId, placed } = await anOrderByCard(tx)

    expect(await record()).toMatchObject({
      effect: 'placed',
      status: 'authorised',
      step: 'capture',
      amount_minor: 2400,
    })
    expect(await order()).toMatchObject({
      status: 'placed',
      payment: { status: 'authorised', captured_minor: 0 },
    })
    expect(await countsOf(tx, variantId)).toMatchObject({ held: 0, committed: 2 })

    const received = { state: 'succeeded', received_minor: 2400 }
    const captured = await record(received)
    expect(captured).toMatchObject({ effect: 'captured', status: 'captured' })
    expect(captured.step).toBeUndefined()
    expect((await record(received)).effect).toBe('unchanged')
    expect((await order()).payment).toMatchObject({ captured_minor: 2400, refund_due_minor: 0 })
    expect((await order()).events).toMatchObject([
      { kind: 'awaiting_payment' },
      { kind: 'placed', detail: { authorised_minor: 2400 } },
      { kind: 'captured', detail: { amount_minor: 2400 } },
    ])
    const [intent] =
      await tx`select due_at from private.payment_intents where payment_id = ${placed.payment_id}`
    expect(intent?.due_at).toBeNull()
    expect(await drift(tx)).toEqual([])
  }))

test('an authorisation without units is cancelled, and nothing was charged', () =>
  rolledBack(sql, async (tx) => {
    const { record, order, variantId } = await anOrderByCard(tx, 1, 1)
    await letPass(tx, '20 minutes')
    await aGuest(tx).hold(variantId)

    expect(await record()).toMatchObject({ effect: 'cancelled', status: 'void', step: 'cancel' })
    expect(await record({ state: 'canceled' })).toMatchObject({ status: 'void' })

    expect(await order()).toMatchObject({
      status: 'cancelled',
      payment: { captured_minor: 0, refund_due_minor: 0 },
    })
    expect(await drift(tx)).toEqual([])
  }))

test('an order that expired, or that its buyer cancelled, has its authorisation cancelled', () =>
  rolledBack(sql, async (tx) => {
    const expired = await anOrderByCard(tx)
    await letPass(tx, '20 minutes')
    await endOverdue(tx)
    expect(await expired.record()).toMatchObject({ effect: 'unchanged', step: 'cancel' })

    const cancelled = await anOrderByCard(tx)
    await cancelled.record()
    await cancelled.buyer.cancel(cancelled.placed.order_id)
    expect(await cancelled.work()).toHaveLength(1)
    expect(await cancelled.record({ known: 'authorised' })).toMatchObject({ status: 'void', step: 'cancel' })
    expect(await countsOf(tx, cancelled.variantId)).toMatchObject({ committed: 0 })
  }))

test('money that was captured while the order was being cancelled is refunded once', () =>
  rolledBack(sql, async (tx) => {
    const { record, buyer, placed, order } = await anOrderByCard(tx)
    await record()
    await buyer.cancel(placed.order_id)

    const late = { state: 'succeeded', received_minor: 2400 }
    const asked = await record(late)
    expect(asked).toMatchObject({ effect: 'refund_due', step: 'refund', amount_minor: 2400 })
    expect(await record(late)).toMatchObject({ step: 'refund', key: asked.key })
    const made = { refund_id: 're_1', row_id: asked.key ?? null, amount_minor: 2400, state: 'succeeded' }
    expect((await record({ ...late, refunds: [made] })).step).toBeUndefined()
    await record({ ...late, refunds: [made] })

    expect((await order()).payment).toMatchObject({ refund_due_minor: 2400, refunded_minor: 2400 })
    expect((await order()).events.filter(({ kind }) => kind === 'refunded')).toHaveLength(1)
  }))

test('another amount or another currency never buys the units', () =>
  rolledBack(sql, async (tx) => {
    for (const wrong of [{ amount_minor: 1 }, { currency: 'usd' }]) {
      const { record, order } = await anOrderByCard(tx)
      expect(await record(wrong)).toMatchObject({ effect: 'cancelled', step: 'cancel' })
      expect((await order()).status).toBe('cancelled')
    }
    const paid = await anOrderByCard(tx)
    const received = { state: 'succeeded', received_minor: 2400, currency: 'usd' }
    expect(await paid.record(received)).toMatchObject({ effect: 'refund_due', step: 'refund' })
  }))

test('an intent is recorded for its own payment only', () =>
  rolledBack(sql, async (tx) => {
    const [one, other] = [await anOrderByCard(tx), await anOrderByCard(tx)]
    const facts = {
      payment_id: one.placed.payment_id,
      intent_id: other.intentId,
      known: 'pending',
      state: 'requires_capture',
      amount_minor: 2400,
      currency: 'eur',
      received_minor: 0,
    }
    const swapped = tx.savepoint((nested) => nested`select public.record_intent(${nested.json(facts)})`)
    expect(await refusal(swapped)).toMatchObject({ code: 'not_found' })
    const unknown = tx.savepoint(
      (nested) => nested`select public.record_intent(${nested.json({ ...facts, state: 7 })})`,
    )
    expect(await refusal(unknown)).toMatchObject({ code: 'invalid_input' })
  }))

test('a decline counts once, and is not the state of the next attempt', () =>
  rolledBack(sql, async (tx) => {
    const { record, order, placed } = await anOrderByCard(tx)
    const declined = { state: 'requires_payment_method', decline: 'ch_1 card_declined' }
    expect((await record(declined)).effect).toBe('declined')
    expect((await order()).payment).toMatchObject({ status: 'declined' })

    await tx`select public.start_card_payment(${placed.payment_id})`
    expect((await record(declined)).effect).toBe('unchanged')
    expect((await order()).payment).toMatchObject({ status: 'pending', in_progress: true })
    expect((await record({ ...declined, decline: 'ch_2 card_declined' })).effect).toBe('declined')
    expect((await record()).effect).toBe('placed')
  }))

test('an old answer does not undo an authorisation, an authorisation that ended frees the units', () =>
  rolledBack(sql, async (tx) => {
    const { record, order, variantId } = await anOrderByCard(tx)
    await record()
    expect((await record({ state: 'requires_payment_method', known: 'pending' })).effect).toBe('unchanged')
    expect((await order()).payment.status).toBe('authorised')

    expect((await record({ state: 'canceled', known: 'authorised' })).effect).toBe('cancelled')
    expect(await order()).toMatchObject({ status: 'cancelled', payment: { status: 'void' } })
    expect(await countsOf(tx, variantId)).toMatchObject({ committed: 0 })
    expect(await drift(tx)).toEqual([])
  }))

test('goods that left before the authorisation ended need attention', () =>
  rolledBack(sql, async (tx) => {
    const { record, placed, locations, attention } = await anOrderByCard(tx)
    await record()
    await thePackingTable(tx).fulfil(placed.order_id, locations[0])

    await record({ state: 'canceled', known: 'authorised' })

    expect(await attention()).toMatchObject({ attention: 'unpaid' })
    const problems =
      await tx`select problem from public.unresolved_payments() where order_id = ${placed.order_id}`
    expect(problems.map(({ problem }) => problem)).toContain('unpaid')
  }))

test('an event counts once, and that of another shop not at all', () =>
  rolledBack(sql, async (tx) => {
    const { intentId, placed } = await anOrderByCard(tx)
    const note = async (eventId: string, intent: string) =>
      (
        await tx`select public.note_stripe_event(${eventId}, ${intent}, 'payment_intent.succeeded') as noted`
      )[0]?.noted
    expect(await note('evt_1', intentId)).toMatchObject({ payment_id: placed.payment_id, status: 'pending' })
    expect(await note('evt_1', intentId)).toBeNull()
    expect(await note('evt_2', 'pi_of_another_shop')).toBeNull()
  }))

test('a disputed payment needs attention until the dispute is closed', () =>
  rolledBack(sql, async (tx) => {
    const { record, attention } = await anOrderByCard(tx)
    await record()
    const paid = { state: 'succeeded', received_minor: 2400 }
    await record({ ...paid, dispute: 'open' })
    expect(await attention()).toMatchObject({ attention: 'disputed' })
    await record({ ...paid, dispute: 'lost' })
    expect(await attention()).toMatchObject({ attention: null })
  }))

test('a refund that was made at Stripe counts, and one that failed there is due again', () =>
  rolledBack(sql, async (tx) => {
    const { record, order } = await anOrderByCard(tx)
    await record()
    const paid = { state: 'succeeded', received_minor: 2400 }
    const refund = { refund_id: 're_9', row_id: null, amount_minor: 900, state: 'succeeded' }
    await record({ ...paid, refunds: [refund] })
    expect((await order()).payment).toMatchObject({ refund_due_minor: 900, refunded_minor: 900 })

    await record({ ...paid, refunds: [{ ...refund, state: 'failed' }] })
    await record({ ...paid, refunds: [refund] })
    expect((await order()).payment).toMatchObject({ refund_due_minor: 900, refunded_minor: 0 })
  }))

test('units that are cancelled before the capture are not captured', () =>
  rolledBack(sql, async (tx) => {
    const { record, placed, locations, order } = await anOrderByCard(tx)
    const first = await record()
    expect(first).toMatchObject({ amount_minor: 2400 })
    const [item] = (await order()).items
    await thePackingTable(tx).fulfil(placed.order_id, locations[0], [
      { order_item_id: item?.id ?? 0, quantity: 1 },
    ])
    await thePackingTable(tx).cancel(placed.order_id)
    // The amount that was asked for once stays the same request; the rest goes back.
    expect(await record({ known: 'authorised' })).toMatchObject({
      step: 'capture',
      amount_minor: 2400,
      key: first.key,
    })
    await record({ state: 'succeeded', received_minor: 2400 })
    expect((await order()).payment).toMatchObject({ captured_minor: 2400, refund_due_minor: 1200 })
    expect(await drift(tx)).toEqual([])
  }))
