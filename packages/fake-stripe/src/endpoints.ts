import { ApiError, invalid, missing } from '#errors'
import type { Step } from '#faults'
import { listIn, type Params, textIn, wholeIn } from '#form'
import type { Account } from '#payments/account'
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  findIntent,
  updateIntent,
} from '#payments/intents'
import type { PaymentIntent } from '#payments/objects'
import { createRefund, findRefund } from '#payments/refunds'

/** A request of the API after its key and its body were read. */
export interface ApiCall {
  method: string
  /** The path after /v1/, in parts. */
  path: readonly string[]
  params: Params
  /** Whether it came with the publishable key: from a browser, which may do little. */
  isPublic: boolean
}

/** The step that a call is, for faults. */
export function stepOf({ method, path: [kind, id, verb] }: ApiCall): Step {
  if (method === 'GET') return id ? 'retrieve' : 'list'
  if (kind === 'refunds') return 'refund'
  if (verb === 'confirm' || verb === 'capture' || verb === 'cancel') return verb
  return 'create'
}

/** Does what a call asks for and returns the object it answers with. Throws ApiError. */
export function answer(account: Account, call: ApiCall): unknown {
  const [kind] = call.path
  if (kind === 'payment_intents') return answerIntents(account, call)
  if (call.isPublic) throw forbidden()
  if (kind === 'refunds') return answerRefunds(account, call)
  if (call.method !== 'GET') throw unknown(call)
  const [, id] = call.path
  const { charges, disputes, events } = account.state
  if (kind === 'charges' && id) return found(charges, 'charge', id)
  if (kind === 'disputes') return id ? found(disputes, 'dispute', id) : list(call, disputes)
  if (kind === 'events') return id ? found(events, 'event', id) : list(call, events)
  throw unknown(call)
}

function answerIntents(account: Account, call: ApiCall): unknown {
  const { method, params, isPublic } = call
  const [, id, verb] = call.path
  if (!id) {
    if (isPublic) throw forbidden()
    return method === 'POST' ? createIntent(account, params) : list(call, account.state.intents)
  }
  const intent = findIntent(account, id)
  if (isPublic && textIn(params, 'client_secret') !== intent.client_secret)
    throw missing('payment_intent', id)
  if (method === 'GET') return expanded(account, intent, params)
  if (verb === 'confirm') return confirmIntent(account, intent, params)
  if (isPublic) throw forbidden()
  if (verb === 'capture') return captureIntent(account, intent, params)
  if (verb === 'cancel') return cancelIntent(account, intent, textIn(params, 'cancellation_reason') ?? null)
  if (verb) throw unknown(call)
  return updateIntent(account, intent, params)
}

function answerRefunds(account: Account, call: ApiCall): unknown {
  const [, id] = call.path
  if (call.method === 'POST' && !id) return createRefund(account, call.params)
  if (call.method !== 'GET') throw unknown(call)
  return id ? findRefund(account, id) : list(call, account.state.refunds)
}

/** With `expand[]=latest_charge` the charge itself in place of its id. */
function expanded(account: Account, intent: PaymentIntent, params: Params): unknown {
  const charge = account.state.charges.get(intent.latest_charge ?? '')
  return listIn(params, 'expand').includes('latest_charge') && charge
    ? { ...intent, latest_charge: charge }
    : intent
}

/** A page of a list, newest first, of one payment_intent or type where the call names one. */
function list<T extends { id: string }>({ path, params }: ApiCall, all: ReadonlyMap<string, T>) {
  const wanted = (['payment_intent', 'type'] as const).flatMap((name) => {
    const value = textIn(params, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const matching = [...all.values()]
    .reverse()
    .filter((each) => wanted.every(([name, value]) => Reflect.get(each, name) === value))
  const after = textIn(params, 'starting_after')
  const from = after ? matching.findIndex(({ id }) => id === after) + 1 : 0
  const limit = Math.min(wholeIn(params, 'limit') ?? 10, 100)
  return {
    object: 'list',
    url: `/v1/${path.join('/')}`,
    has_more: matching.length > from + limit,
    data: matching.slice(from, from + limit),
  }
}

function found<T>(all: ReadonlyMap<string, T>, kind: string, id: string): T {
  const one = all.get(id)
  if (!one) throw missing(kind, id)
  return one
}

function unknown({ method, path }: ApiCall): ApiError {
  return new ApiError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: /v1/${path.join('/')}).`,
  })
}

function forbidden(): ApiError {
  return invalid('This API call cannot be made with a publishable API key.', { code: 'secret_key_required' })
}
