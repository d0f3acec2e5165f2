import { CheckoutRequest } from '@/lib/domain/agents/checkout-request'
import { createCheckout } from '@/lib/server/agents/checkouts'
import { agentRoute } from '@/lib/server/agents/rest'

/** Opens a checkout: its units are held from now on. */
export const POST = agentRoute(CheckoutRequest, (asked, { agent, key, request }) =>
  createCheckout(agent, asked, { key, request }),
)
