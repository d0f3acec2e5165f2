import { z } from 'zod'
import { cancelCheckout } from '@/lib/server/agents/checkouts'
import { agentRoute } from '@/lib/server/agents/rest'

/** Gives up the checkout; its units are released. */
export const POST = agentRoute(z.object({}), (_asked, { agent, id, key, request }) =>
  cancelCheckout(agent, id, { key, request }),
)
