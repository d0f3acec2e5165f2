import 'server-only'
import { randomUUID } from 'node:crypto'
import { type CheckoutRequest, choicesIn, linesIn } from '@/lib/domain/agents/checkout-request'
import type { HeldLine, Message } from '@/lib/domain/agents/messages'
import { agentWords as words } from '@/lib/domain/agents/words'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { keyFor } from '@/lib/server/platform/key-for'
import { newSecret } from '@/lib/server/session/cart-cookie'
import type { Json } from '@/supabase/database.types'
import { type Agent, secretOf } from './caller'
import { holdLines, releaseLines, renewHolds } from './hold-lines'
import type { Repeatable, Shown } from './operation'
import { type AgentRefusal, callerCodes, refusalOf } from './refusals'
import { cartTokenOf, changeSession, endSession, openSession, readSession } from './sessions'
import { showCheckout, showSoldOut } from './show-checkout'

// Checkout sessions as the protocol has them, over the functions of carts and orders. REST and every other transport call
// these.

export type CheckoutAnswer = Promise<Result<Shown, AgentRefusal>>

export const ended: AgentRefusal = { status: 409, code: 'checkout_ended', content: words.ended }

/** Opens a session and holds its lines. Where no unit can be held there is no checkout, and the answer says why. */
export async function createCheckout(
  agent: Agent,
  asked: CheckoutRequest,
  { key, request }: Repeatable,
): CheckoutAnswer {
  const id = key === null ? newSecret() : secretOf(`agent session ${agent.profile} ${key}`)
  const choices = choicesIn(asked)
  const opened = await openSession({ id, agent: agent.hash, network: agent.network, request, choices })
  if (!opened.ok) return refused(refusalOf(opened.error))
  const session = opened.data
  // A repeat is answered as it is now. One that follows a lost answer, before anything was held, holds.
  if (session.is_repeat && (session.status !== 'open' || session.cart.lines.length > 0))
    return shown(id, [], true)
  const keyOfHold = (variant: string, units: number) => keyFor(`agent ${id} hold ${variant} ${units}`)
  const held = await holdLines(cartOf(id, agent), session.cart, linesIn(asked), keyOfHold)
  if (!held.ok) return held
  if (held.data.some(({ got }) => got > 0)) return shown(id, held.data, true)
  await endSession(id, { status: 'cancelled' })
  return accepted({ body: await showSoldOut(held.data), isNew: false })
}

export async function getCheckout(id: string): CheckoutAnswer {
  return shown(id)
}

/** Replaces everything: lines, buyer and delivery. Holds are renewed, within hold_cap. */
export async function replaceCheckout(
  agent: Agent,
  id: string,
  { asked, key, request }: Repeatable & { asked: CheckoutRequest },
): CheckoutAnswer {
  const choices = choicesIn(asked) as Json
  const changed = await changeSession(id, { key: keyOf(id, key), request, choices })
  if (!changed.ok) return refused(refusalOf(changed.error))
  const session = changed.data
  if (session.is_repeat) return shown(id)
  if (session.status !== 'open') return refused(ended)
  const cart = cartOf(id, agent)
  const held = await holdLines(cart, session.cart, linesIn(asked))
  if (!held.ok) return held
  const renewal = await renewHolds(cart)
  if (renewal && callerCodes.has(renewal.code)) return refused(refusalOf(renewal))
  return shown(id, held.data)
}

/** Releases everything. */
export async function cancelCheckout(agent: Agent, id: string, { key, request }: Repeatable): CheckoutAnswer {
  const changed = await changeSession(id, { key: keyOf(id, key), request })
  if (!changed.ok) return refused(refusalOf(changed.error))
  const session = changed.data
  if (session.status !== 'open') return session.is_repeat ? shown(id) : refused(ended)
  await releaseLines(cartOf(id, agent), session.cart)
  const cancelled = await endSession(id, { status: 'cancelled' })
  if (!cancelled.ok) return refused(refusalOf(cancelled.error))
  return shown(id)
}

/** The cart of a session, as the functions of carts take it. */
export const cartOf = (id: string, { network }: Agent) => ({
  cart_token: cartTokenOf(id),
  ...(network !== null && { network }),
})

/** The key of a call in the database: the agent's own, within its session. */
export const keyOf = (id: string, key: string | null) =>
  key === null ? randomUUID() : keyFor(`agent ${id} ${key}`)

/** The checkout as it is now, with what became of the lines that were asked for. */
export async function shown(
  id: string,
  lines: readonly HeldLine[] = [],
  isNew = false,
  messages: readonly Message[] = [],
): CheckoutAnswer {
  const read = await readSession(id)
  if (!read.ok) return refused(refusalOf(read.error))
  return accepted({ body: await showCheckout(id, read.data, { lines, messages }), isNew })
}
