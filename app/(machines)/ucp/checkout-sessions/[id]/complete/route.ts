import { CompleteRequest } from '@/lib/domain/agents/checkout-request'
import { completeCheckout } from '@/lib/server/agents/complete-checkout'
import { agentRoute } from '@/lib/server/agents/rest'

/** Places the order. */
export const POST = agentRoute(CompleteRequest, (asked, { agent, id, key, request }) =>
  completeCheckout(agent, id, { asked, key, request }),
)
