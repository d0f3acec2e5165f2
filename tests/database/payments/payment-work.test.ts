import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { anOrderByCard } from '@/tests/support/cards/card-facts'
import { actAs, connect, refusal, rolledBack, type Tx } from '@/tests/support/database'
import { caller, everyone, expectAllowedFrom } from '@/tests/support/everyone'
import { anOrder, stockedVariant } from '@/tests/support/shop/orders'
import { drift, letPass, thePackingTable } from '@/tests/support/shop/shopping'

const sql = connect(2)
afterAll(() => sql.end())

test('a payment is leased to one server, and due again when that server dies', () =>
  rolledBack(sql, async (tx) => {
    const { record, work } = await anOrderByCard(tx)
    await record()
    await letPass(tx, '61 seconds')
    expect(await work()).toMatchObject([{ status: 'authorised' }])
    expect(await work()).toEqual([])
    await letPass(tx, '61 seconds')
    expect(await work()).toHaveLength(1)
  }))

test('an open payment is asked about after minutes, also when no event and no browser comes', () =>
  rolledBack(sql, async (tx) => {
    const { work } = await anOrderByCard(tx)
    expect(await work()).toEqual([])
    await letPass(tx, '3 minutes')
    expect(await work()).toHaveLength(1)
  }))

test('a step that keeps failing needs attention, and a manager has it tried again', () =>
  rolledBack(sql, async (tx) => {
    const { record, work, placed, attention } = await anOrderByCard(tx)
    await record()
    const fail = async (isFinal: boolean) => {
      await letPass(tx, '7 hours')
      const [taken] = await work()
      // As a server does: it asks Stripe, is told the step, and the step fails.
      await record({ known: 'authorised' })
      await tx`select public.fail_payment_work(${placed.payment_id}, ${taken?.lease ?? ''}, 'refused', ${isFinal})`
    }
    for (let attempt = 1; attempt < 12; attempt += 1) await fail(false)
    expect(await attention()).toMatchObject({ attention: null, provider_error: 'refused' })
    await fail(false)
    expect(await attention()).toMatchObject({ attention: 'provider_failed' })

    await tx`select public.retry_payment(${placed.order_id}, gen_random_uuid())`
    expect(await work()).toHaveLength(1)
    expect(await record({ known: 'authorised' })).toMatchObject({ step: 'capture' })
    await fail(true)
    expect(await attention()).toMatchObject({ attention: 'provider_failed' })
    await record({ state: 'succeeded', received_minor: 2400 })
    expect(await attention()).toEqual({ attention: null, provider_error: null })
    const again = tx.savepoint(
      (nested) => nested`select public.retry_payment(${placed.order_id}, gen_random_uuid())`,
    )
    expect(await refusal(again)).toMatchObject({ code: 'order_not_open' })
  }))

test('a lease that is not the current one ends nothing', () =>
  rolledBack(sql, async (tx) => {
    const { record, placed } = await anOrderByCard(tx)
    await record()
    const [row] =
      await tx`select public.fail_payment_work(${placed.payment_id}, gen_random_uuid(), 'late', true) as done`
    expect(row?.done).toBe(false)
  }))

test('an authorised payment without units, or without a time to ask again, cannot be committed', () =>
  rolledBack(sql, async (tx) => {
    const { placed, record } = await anOrderByCard(tx)
    const early = tx.savepoint(async (nested) => {
      await nested`update public.payments set status = 'authorised' where id = ${placed.payment_id}`
      await nested`set constraints all immediate`
    })
    await expect(early).rejects.toMatchObject({ constraint_name: 'authorised_has_units' })
    await record()
    const forgotten = tx.savepoint(
      (nested) =>
        nested`update private.payment_intents set due_at = null where payment_id = ${placed.payment_id}`,
    )
    await expect(forgotten).rejects.toMatchObject({
      constraint_name: 'intents_are_asked_until_they_are_final',
    })
  }))

test('goodwill is refunded up to the captured money, with a reason', () =>
  rolledBack(sql, async (tx) => {
    const { record, placed, order } = await anOrderByCard(tx)
    await record()
    const paid = { state: 'succeeded', received_minor: 2400 }
    await record(paid)
    const more = (minor: number, reason: string) =>
      tx.savepoint(
        (nested) =>
          nested`select public.refund_more(${placed.order_id}, ${minor}, ${reason}, gen_random_uuid())`,
      )

    expect(await refusal(more(2401, 'late'))).toMatchObject({ code: 'invalid_input' })
    expect(await refusal(more(0, 'late'))).toMatchObject({ code: 'invalid_input' })
    expect(await refusal(more(500, ' '))).toMatchObject({ code: 'invalid_input' })
    await more(500, 'arrived late')
    const step = await record(paid)
    expect(step).toMatchObject({ step: 'refund', amount_minor: 500 })
    await record({
      ...paid,
      refunds: [{ refund_id: 're_1', row_id: step.key ?? null, amount_minor: 500, state: 'pending' }],
    })
    expect((await order()).payment).toMatchObject({ refund_due_minor: 500, refunded_minor: 500 })
    expect((await order()).events).toContainEqual(
      expect.objectContaining({
        kind: 'refund_asked',
        detail: { amount_minor: 500, reason: 'arrived late' },
      }),
    )
    await more(1900, 'all of it')
    expect(await refusal(more(1, 'more'))).toMatchObject({ code: 'order_not_open' })
    expect(await drift(tx)).toEqual([])
  }))

test('goodwill at the counter is refunded at once', () =>
  rolledBack(sql, async (tx) => {
    const { variantId } = await stockedVariant(tx)
    const { placed, guest } = await anOrder(tx, variantId, 1)
    await thePackingTable(tx).takePayment(placed.order_id)
    await tx`select public.refund_more(${placed.order_id}, 200, 'a scratch', gen_random_uuid())`
    expect((await guest.order(placed.order_id)).payment).toMatchObject({
      refund_due_minor: 200,
      refunded_minor: 200,
    })
  }))

test.each(everyone)(
  '%s: card work is for the shop’s server, refunds and another attempt for managers',
  (who) =>
    rolledBack(sql, async (tx) => {
      const { record, placed } = await anOrderByCard(tx)
      await record()
      await record({ state: 'succeeded', received_minor: 2400 })
      await tx`update public.payments set attention = 'provider_failed' where id = ${placed.payment_id}`
      await actAs(tx, await caller(tx, who))
      for (const call of [
        (nested: Tx) => nested`select public.payment_intent(${placed.payment_id}) as answer`,
        (nested: Tx) => nested`select public.start_card_payment(${placed.payment_id})`,
        (nested: Tx) => nested`select public.offer_cards()`,
        (nested: Tx) => nested`select public.take_payment_work(1)`,
        (nested: Tx) =>
          nested`select public.fail_payment_work(${placed.payment_id}, ${randomUUID()}, 'x', false)`,
        (nested: Tx) => nested`select public.note_stripe_event('evt_x', 'pi_x', 'x')`,
      ]) {
        const attempt = tx.savepoint(call)
        if (who === 'secret key') await expect(attempt).resolves.toBeDefined()
        else await expect(attempt).rejects.toMatchObject({ code: '42501' })
      }
      for (const call of [
        (nested: Tx) => nested`select public.refund_more(${placed.order_id}, 1, 'goodwill', ${randomUUID()})`,
        (nested: Tx) => nested`select public.retry_payment(${placed.order_id}, ${randomUUID()})`,
      ])
        await expectAllowedFrom('manager', who, tx.savepoint(call))
    }),
)
