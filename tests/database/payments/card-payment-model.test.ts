import type { FaultKind, Step } from 'fake-stripe/faults'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aCardOrder, type Cards, startCards } from '@/tests/support/cards/card-payments'
import { connect } from '@/tests/support/database'
import { aGuest, countsOf, drift } from '@/tests/support/shop/shopping'

// Every order, loss and repetition of events × returns of the browser × states of the hold × failures of a step, on the
// real database and a Stripe with state. PAYMENT_MODEL=full runs all cases, otherwise every 47th.

const holds = ['alive', 'expired', 'taken'] as const
const events = ['in_order', 'reversed', 'twice', 'lost', 'only_last', 'before_paying'] as const
const returns = ['before', 'after', 'never'] as const
const cancels = ['never', 'before_paying', 'while_authorised', 'at_the_end'] as const
const faults: readonly (readonly [Step, FaultKind] | null)[] = [
  null,
  ...(['retrieve', 'capture', 'cancel', 'refund', 'list'] as const).flatMap((step) =>
    (['error', 'lost', 'hang'] as const).map((kind) => [step, kind] as const),
  ),
]

const cases = holds.flatMap((hold) =>
  events.flatMap((heard) =>
    returns.flatMap((returned) =>
      cancels.flatMap((cancelled) =>
        faults.map((fault) => ({ hold, heard, returned, cancelled, fault, isDeclinedFirst: false })),
      ),
    ),
  ),
)
const everyNth = process.env.PAYMENT_MODEL === 'full' ? 1 : 47
const chosen = cases
  .filter((_, at) => at % everyNth === 0)
  .map((one, at) => ({ ...one, isDeclinedFirst: at % 3 === 0 }))

const sql = connect(4)
let cards: Cards
beforeAll(async () => {
  cards = await startCards()
})
afterAll(async () => {
  await cards.stop()
  await sql.end()
})

test('the end is always "captured once with units committed" or "nothing charged and units free"', {
  timeout: 1_800_000,
}, async () => {
  for (const one of chosen) await expectGoodEnd(one)
  expect(await drift(sql)).toEqual([])
})

type Case = (typeof chosen)[number]

async function expectGoodEnd(one: Case): Promise<void> {
  const { fake } = cards
  fake.faults.clear()
  fake.webhooks.drop()
  const order = await aCardOrder(sql, cards)
  await play(one, order)
  await settle(order)
  const intent = fake.state.intents.get(order.intentId)
  const end = await order.buyer.order(order.placed.order_id)
  const captures = [...fake.state.events.values()].filter(
    ({ type, data }) =>
      type === 'payment_intent.succeeded' && Reflect.get(data.object as object, 'id') === order.intentId,
  )
  const told = JSON.stringify({
    one,
    intent: intent?.status,
    status: end.status,
    payment: end.payment,
    events: end.events,
  })
  expect(captures.length, told).toBeLessThanOrEqual(1)
  const counts = await countsOf(sql, order.variantId)
  if (end.status === 'placed') {
    expect(intent, told).toMatchObject({ status: 'succeeded', amount_received: order.placed.total_minor })
    expect(end.payment, told).toMatchObject({
      status: 'captured',
      captured_minor: order.placed.total_minor,
      refund_due_minor: 0,
    })
    expect(counts.committed, told).toBe(1)
  } else {
    expect(end.status, told).toBe('cancelled')
    expect(counts.committed, told).toBe(0)
    const { captured_minor, refund_due_minor, refunded_minor } = end.payment
    expect([refund_due_minor, refunded_minor], told).toEqual([captured_minor, captured_minor])
    // Money was taken only when the units were the buyer's, who then cancelled.
    const wasPlaced = end.events.some(({ kind }) => kind === 'placed')
    expect(captured_minor > 0, told).toBe(intent?.status === 'succeeded')
    if (captured_minor > 0) expect(wasPlaced, told).toBe(true)
    else expect(intent?.status, told).toBe('canceled')
  }
}

type CardOrder = Awaited<ReturnType<typeof aCardOrder>>

async function play({ hold, heard, returned, cancelled, fault, isDeclinedFirst }: Case, order: CardOrder) {
  const { fake } = cards
  const cancel = () => order.buyer.cancel(order.placed.order_id).catch(() => undefined)
  if (heard === 'before_paying') for (const { id } of [...fake.webhooks.held()]) await order.hear(id)
  if (isDeclinedFirst) {
    await order.pay('pm_card_chargeDeclined')
    await order.comeBack()
  }
  if (cancelled === 'before_paying') await cancel()
  if (hold !== 'alive') await order.expire()
  if (hold === 'taken') await aGuest(sql).hold(order.variantId, 1)
  await order.pay()
  if (fault) fake.faults.add(fault[0], fault[1], 2)
  if (returned === 'before') await order.comeBack()
  if (cancelled === 'while_authorised') await cancel()
  await hearAll(heard, order)
  if (returned === 'after') await order.comeBack()
  if (cancelled === 'at_the_end') await cancel()
}

async function hearAll(heard: Case['heard'], order: CardOrder): Promise<void> {
  const { webhooks } = cards.fake
  if (heard === 'lost' || heard === 'before_paying') return webhooks.drop()
  for (let round = 0; round < 3; round += 1) {
    const held = [...webhooks.held()]
    webhooks.drop()
    const list = heard === 'reversed' ? held.toReversed() : heard === 'only_last' ? held.slice(-1) : held
    for (const { id } of list) {
      await order.hear(id)
      if (heard === 'twice') expect(await order.hear(id)).toBe(false)
    }
  }
}

/** The servers go on until nothing is left to do: the deadline of the order, and every look at Stripe that is due. */
async function settle(order: CardOrder): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    await sql`select public.release_expired_holds()`
    await order.work()
    const [row] = await sql`select intent.due_at is null as is_final, orders.status
      from private.payment_intents as intent
      join public.payments as payment on payment.id = intent.payment_id
      join public.orders on orders.id = payment.order_id
      where payment.id = ${order.placed.payment_id}`
    if (row?.is_final && row.status !== 'awaiting_payment') return
  }
  throw new Error('the payment is not settled after 40 rounds')
}
