import 'server-only'
import { checkoutView } from '@/lib/domain/agents/checkout-view'
import { errorMessage, type HeldLine, lineMessage, type Message } from '@/lib/domain/agents/messages'
import { needsOf } from '@/lib/domain/agents/needs'
import { type AgentPayment, agentPayments, ucpVersion } from '@/lib/domain/agents/protocol'
import type { AgentSession } from '@/lib/domain/agents/session'
import type { AlternativeNote } from '@/lib/domain/agents/stock-note'
import { agentWords as words } from '@/lib/domain/agents/words'
import { Quote } from '@/lib/domain/checkout/totals'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { siteUrl } from '@/lib/server/http/site-url'
import { readOrder } from '@/lib/server/orders/orders'
import { offersSandbox, onlineProvider } from '@/lib/server/platform/env'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { orderTokenFor } from '@/lib/server/session/guest-secrets'
import { shopPlaces } from '@/lib/server/stock/shop-places'
import { productOfVariant } from './catalog'
import { continueTokenOf } from './continue'
import { cartTokenOf } from './sessions'

/** The payments of an order that reaches its buyer in this way, as far as an agent can make them. */
export function paymentsOf(method: 'collection' | 'delivery'): AgentPayment[] {
  const sandbox = offersSandbox() && onlineProvider() === 'sandbox'
  return agentPayments.filter((payment) => (payment === 'sandbox' ? sandbox : method === 'collection'))
}

interface ReadParts {
  quote: Quote | null
  places: CollectionPoint[]
  payments: AgentPayment[]
  /** The missing parts of an open checkout. */
  needs: Message[]
}

export async function readParts(id: string, session: AgentSession): Promise<ReadParts> {
  const { method = 'collection', address } = session.choices
  const payments = paymentsOf(method)
  if (session.status !== 'open') return { quote: null, places: [], payments, needs: [] }
  const delivery =
    method === 'delivery'
      ? { method, address: { country: address?.country ?? '', postcode: address?.postcode ?? '' } }
      : { method }
  const [quoted, places] = await Promise.all([
    secretClient().rpc('quote_cart', { delivery, cart_token: cartTokenOf(id) }),
    shopPlaces(),
  ])
  const quote = Quote.parse(rowsOrThrow('quote_cart', quoted))
  const isPaidByPerson = onlineProvider() === 'stripe'
  return { quote, places, payments, needs: needsOf(session, { quote, places, payments, isPaidByPerson }) }
}

/** A checkout as it is now. */
export async function showCheckout(
  id: string,
  session: AgentSession,
  said: { lines: readonly HeldLine[]; messages: readonly Message[] },
): Promise<object> {
  const [origin, parts, order, lines] = await Promise.all([
    siteUrl(),
    readParts(id, session),
    orderOf(id, session),
    lineMessages(said.lines, session),
  ])
  const takenOver =
    session.status === 'handed_over'
      ? [errorMessage('handed_over', words.handedOver, { severity: 'requires_buyer_input' })]
      : []
  const path = session.status === 'handed_over' ? '/cart' : `/continue/${continueTokenOf(session.id)}`
  return checkoutView({
    ...parts,
    id,
    session,
    order,
    origin,
    messages: [...said.messages, ...lines, ...takenOver, ...parts.needs],
    continueUrl: new URL(path, origin).href,
  })
}

/** The answer where no checkout was made: none of the lines can be had. */
export async function showSoldOut(lines: readonly HeldLine[]): Promise<object> {
  const messages = await Promise.all(lines.map(async (line) => lineMessage(line, null, await noteOf(line))))
  return {
    ucp: { version: ucpVersion, status: 'error' },
    messages: messages.flatMap((message) => (message ? [{ ...message, severity: 'unrecoverable' }] : [])),
    continue_url: (await siteUrl()).href,
  }
}

async function orderOf(id: string, { order_id, order_key }: AgentSession) {
  if (!order_id || !order_key) return null
  const token = orderTokenFor(cartTokenOf(id), order_key)
  const order = await readOrder(order_id, token)
  return order && { order, link: new URL(`/orders/${order_id}/key/${token}`, await siteUrl()).href }
}

async function lineMessages(lines: readonly HeldLine[], { cart }: AgentSession): Promise<Message[]> {
  const said = await Promise.all(
    lines.map(async (line) => {
      const at = cart.lines.findIndex(({ variant_id }) => variant_id === line.id)
      return line.got >= line.wanted ? null : lineMessage(line, at === -1 ? null : at, await noteOf(line))
    }),
  )
  return said.flatMap((message) => message ?? [])
}

/** The alternatives to a line that is short, as the refusal names them. */
async function noteOf({ id, wanted, got, refusal }: HeldLine): Promise<AlternativeNote> {
  const [short] = refusal?.code === 'not_enough_left' ? refusal.detail.short : []
  return {
    wanted,
    left: got > 0 ? got : (short?.left ?? null),
    alternatives: (short?.siblings ?? []).map(({ variant_id, option_values, band, left }) => ({
      id: variant_id,
      options: option_values,
      band,
      left,
    })),
    waitlist_url: got === 0 && short?.left === 0 ? await waitlistUrl(id) : null,
  }
}

async function waitlistUrl(variantId: string): Promise<string | null> {
  const found = await productOfVariant(variantId)
  if (!found) return null
  const query = new URLSearchParams({ product: found.product.handle, variant: found.variant.sku })
  return new URL(`/waitlist/new?${query}`, await siteUrl()).href
}
