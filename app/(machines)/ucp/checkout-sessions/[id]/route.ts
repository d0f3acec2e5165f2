import { z } from 'zod'
import { CheckoutRequest } from '@/lib/domain/agents/checkout-request'
import { getCheckout, replaceCheckout } from '@/lib/server/agents/checkouts'
import { agentRoute } from '@/lib/server/agents/rest'

export const GET = agentRoute(z.object({}), (_asked, { id }) => getCheckout(id))

/** Replaces the checkout, and renews its holds. */
export const PUT = agentRoute(CheckoutRequest, (asked, { agent, id, key, request }) =>
  replaceCheckout(agent, id, { asked, key, request }),
)
