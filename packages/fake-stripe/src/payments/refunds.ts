import { invalid, missing } from '#errors'
import { metadataIn, type Params, textIn, wholeIn } from '#form'
import type { Account } from '#payments/account'
import { findIntent } from '#payments/intents'
import { newId, nowInSeconds, type Refund } from '#payments/objects'

export function createRefund(account: Account, params: Params): Refund {
  const intent = findIntent(account, textIn(params, 'payment_intent') ?? '')
  const charge = account.state.charges.get(intent.latest_charge ?? '')
  if (!charge?.captured)
    throw invalid('This PaymentIntent does not have a successful charge to refund.', {
      code: 'payment_intent_unexpected_state',
    })
  const left = charge.amount_captured - charge.amount_refunded
  const amount = wholeIn(params, 'amount') ?? left
  if (left === 0) throw invalid('Charge has already been refunded.', { code: 'charge_already_refunded' })
  if (amount < 1 || amount > left)
    throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`, {
      param: 'amount',
    })
  const refund: Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    charge: charge.id,
    created: nowInSeconds(),
    currency: charge.currency,
    metadata: metadataIn(params),
    payment_intent: intent.id,
    reason: textIn(params, 'reason') ?? null,
    status: 'succeeded',
  }
  account.state.refunds.set(refund.id, refund)
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount_captured
  account.emit('refund.created', refund)
  account.emit('charge.refunded', charge)
  return refund
}

/** A refund that the bank turns down later: the money is back in the account. */
export function failRefund(account: Account, id: string): Refund {
  const refund = findRefund(account, id)
  if (refund.status !== 'failed') {
    const charge = account.state.charges.get(refund.charge)
    if (charge) {
      charge.amount_refunded -= refund.amount
      charge.refunded = false
    }
    refund.status = 'failed'
    account.emit('refund.failed', refund)
  }
  return refund
}

export function findRefund(account: Account, id: string): Refund {
  const refund = account.state.refunds.get(id)
  if (!refund) throw missing('refund', id)
  return refund
}
