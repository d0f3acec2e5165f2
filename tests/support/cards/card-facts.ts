import { randomUUID } from 'node:crypto'
import type { Tx } from '@/tests/support/database'
import { stockedVariant } from '@/tests/support/shop/orders'
import { aGuest } from '@/tests/support/shop/shopping'

/** A PaymentIntent as a server reports it; whatever a test does not name is as after a good authorisation. */
export interface Facts {
  state?: string
  known?: string
  amount_minor?: number
  currency?: string
  received_minor?: number
  decline?: string | null
  dispute?: string | null
  refunds?: { refund_id: string; row_id: string | null; amount_minor: number; state: string }[]
}

interface Recorded {
  effect: string
  status: string
  step?: 'capture' | 'cancel' | 'refund'
  amount_minor?: number
  key?: string
}

/** An order of so many units at 12.00 that waits for a card, and the facts that servers record about it. */
export async function anOrderByCard(tx: Tx, units = 2, stock = 5) {
  const shop = await stockedVariant(tx, stock)
  await tx`select public.offer_cards()`
  const buyer = aGuest(tx)
  await buyer.hold(shop.variantId, units)
  const placed = await buyer.place('stripe')
  const intentId = `pi_${randomUUID().replaceAll('-', '')}`
  await tx`select public.payment_intent(${placed.payment_id}, ${intentId})`
  return {
    ...shop,
    buyer,
    placed,
    intentId,
    record: async (facts: Facts = {}): Promise<Recorded> => {
      const sent = {
        payment_id: placed.payment_id,
        intent_id: intentId,
        known: 'pending',
        state: 'requires_capture',
        amount_minor: placed.total_minor,
        currency: 'eur',
        received_minor: 0,
        ...facts,
      }
      const [row] = await tx`select public.record_intent(${tx.json(sent)}) as answer`
      return row?.answer as Recorded
    },
    order: () => buyer.order(placed.order_id),
    work: async () => {
      const [row] = await tx`select public.take_payment_work(100) as work`
      const all = row?.work as { payment_id: string; lease: string; status: string }[]
      return all.filter(({ payment_id }) => payment_id === placed.payment_id)
    },
    attention: async () =>
      (await tx`select attention, provider_error from public.payments where id = ${placed.payment_id}`)[0],
  }
}
