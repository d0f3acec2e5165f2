import { ApiError, invalid, missing } from '#errors'
import { groupIn, listIn, metadataIn, type Params, textIn, wholeIn } from '#form'
import type { Account } from '#payments/account'
import { type CardOutcome, outcomeOf } from '#payments/cards'
import { type Charge, newId, nowInSeconds, type PaymentIntent } from '#payments/objects'

/** The statuses in which a PaymentIntent can be confirmed. */
const confirmable = ['requires_payment_method', 'requires_confirmation', 'requires_action']

export function createIntent(account: Account, params: Params): PaymentIntent {
  const amount = wholeIn(params, 'amount')
  const currency = textIn(params, 'currency')
  if (amount === undefined || amount === 0)
    throw invalid('This value must be greater than or equal to 1.', { param: 'amount' })
  if (!currency || !/^[a-z]{3}$/.test(currency))
    throw invalid('Missing required param: currency.', { code: 'parameter_missing', param: 'currency' })
  const id = newId('pi')
  const method = textIn(params, 'capture_method')
  const types = listIn(params, 'allowed_payment_method_types')
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    amount,
    amount_capturable: 0,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: method === 'manual' ? 'manual' : 'automatic_async',
    client_secret: `${id}_secret_${newId('s').slice(2)}`,
    created: nowInSeconds(),
    currency,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: metadataIn(params),
    next_action: null,
    payment_method: null,
    payment_method_types: types.length > 0 ? types : ['card'],
    status: 'requires_payment_method',
  }
  account.state.intents.set(id, intent)
  account.emit('payment_intent.created', intent)
  return intent
}

export function findIntent(account: Account, id: string): PaymentIntent {
  const intent = account.state.intents.get(id)
  if (!intent) throw missing('payment_intent', id)
  return intent
}

/** Changes amount or metadata of an intent that is not confirmed yet. */
export function updateIntent(account: Account, intent: PaymentIntent, params: Params): PaymentIntent {
  const amount = wholeIn(params, 'amount')
  if (amount !== undefined && amount !== intent.amount) {
    if (!confirmable.includes(intent.status)) throw unexpected(intent, 'updated')
    intent.amount = amount
  }
  Object.assign(intent.metadata, metadataIn(params))
  account.emit('payment_intent.updated', intent)
  return intent
}

export function confirmIntent(account: Account, intent: PaymentIntent, params: Params): PaymentIntent {
  if (!confirmable.includes(intent.status)) throw unexpected(intent, 'confirmed')
  const card = groupIn(groupIn(params, 'payment_method_data'), 'card')
  const method = textIn(card, 'number') ?? textIn(params, 'payment_method') ?? ''
  const outcome = outcomeOf(method)
  if (!outcome) throw new ApiError(402, cardError('incorrect_number', null, 'Your card number is incorrect.'))
  intent.payment_method = method.startsWith('pm_') ? method : newId('pm')
  intent.last_payment_error = null
  if (outcome.kind === 'challenge') {
    intent.status = 'requires_action'
    intent.next_action = {
      type: 'redirect_to_url',
      redirect_to_url: {
        url: `${account.url()}/challenge/${intent.id}`,
        return_url: textIn(params, 'return_url') ?? null,
      },
    }
    account.emit('payment_intent.requires_action', intent)
    return intent
  }
  return settleConfirmation(account, intent, outcome)
}

/** Ends an authentication of the cardholder; returns the address to lead back to. */
export function endChallenge(account: Account, intent: PaymentIntent, isPassed: boolean): string | null {
  const redirect = intent.next_action?.redirect_to_url as { return_url: string | null } | undefined
  if (intent.status === 'requires_action') {
    const failed: CardOutcome = {
      kind: 'declined',
      code: 'payment_intent_authentication_failure',
      declineCode: 'authentication_required',
      message: 'We are unable to authenticate your payment method.',
    }
    try {
      settleConfirmation(account, intent, isPassed ? { kind: 'authorised' } : failed)
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause
    }
  }
  return redirect?.return_url ?? null
}

function settleConfirmation(account: Account, intent: PaymentIntent, outcome: CardOutcome): PaymentIntent {
  intent.next_action = null
  const charge = newCharge(intent, outcome.kind !== 'declined')
  account.state.charges.set(charge.id, charge)
  intent.latest_charge = charge.id
  if (outcome.kind === 'declined') {
    const error = cardError(outcome.code, outcome.declineCode, outcome.message)
    intent.status = 'requires_payment_method'
    intent.payment_method = null
    intent.last_payment_error = { ...error, charge: charge.id }
    account.emit('charge.failed', charge)
    account.emit('payment_intent.payment_failed', intent)
    throw new ApiError(402, { ...error, payment_intent: intent })
  }
  if (intent.capture_method === 'manual') {
    intent.status = 'requires_capture'
    intent.amount_capturable = intent.amount
    account.emit('payment_intent.amount_capturable_updated', intent)
  } else {
    receive(account, intent, charge, intent.amount)
  }
  if ('isDisputed' in outcome) account.disputeWhenCaptured(charge.id)
  return intent
}

export function captureIntent(account: Account, intent: PaymentIntent, params: Params): PaymentIntent {
  if (intent.status !== 'requires_capture') throw unexpected(intent, 'captured')
  const amount = wholeIn(params, 'amount_to_capture') ?? intent.amount_capturable
  if (amount < 1 || amount > intent.amount_capturable)
    throw invalid('The amount to capture exceeds the amount that is capturable.', {
      code: 'amount_too_large',
      param: 'amount_to_capture',
    })
  const charge = account.state.charges.get(intent.latest_charge ?? '')
  if (!charge) throw missing('charge', intent.latest_charge ?? '')
  receive(account, intent, charge, amount)
  return intent
}

/** Cancels an intent that has no money; an authorisation is released. Also what Stripe does after its deadline. */
export function cancelIntent(account: Account, intent: PaymentIntent, reason: string | null): PaymentIntent {
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpected(intent, 'canceled')
  intent.status = 'canceled'
  intent.amount_capturable = 0
  intent.canceled_at = nowInSeconds()
  intent.cancellation_reason = reason
  intent.next_action = null
  account.emit('payment_intent.canceled', intent)
  return intent
}

function receive(account: Account, intent: PaymentIntent, charge: Charge, amount: number): void {
  intent.status = 'succeeded'
  intent.amount_capturable = 0
  intent.amount_received = amount
  charge.captured = true
  charge.amount_captured = amount
  account.emit('charge.captured', charge)
  account.emit('payment_intent.succeeded', intent)
  account.settleDispute(charge)
}

function newCharge(intent: PaymentIntent, isPaid: boolean): Charge {
  return {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    captured: false,
    created: nowInSeconds(),
    currency: intent.currency,
    disputed: false,
    livemode: false,
    paid: isPaid,
    payment_intent: intent.id,
    refunded: false,
    status: isPaid ? 'succeeded' : 'failed',
  }
}

function cardError(code: string, declineCode: string | null, message: string) {
  return { type: 'card_error' as const, code, ...(declineCode && { decline_code: declineCode }), message }
}

function unexpected(intent: PaymentIntent, verb: string): ApiError {
  return new ApiError(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message: `This PaymentIntent could not be ${verb} because it has a status of ${intent.status}.`,
    payment_intent: intent,
  })
}
