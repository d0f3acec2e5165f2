import 'server-only'
import type { CallToolResult, McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { CatalogLookup, CatalogSearch, ProductRequest } from '@/lib/domain/agents/catalog-request'
import { CheckoutRequest, CompleteRequest } from '@/lib/domain/agents/checkout-request'
import { agentWords as words } from '@/lib/domain/agents/words'
import { type Result, refused } from '@/lib/domain/core/result'
import { type Agent, noProfile } from '@/lib/server/agents/caller'
import { getProduct, lookUpCatalog, searchCatalog } from '@/lib/server/agents/catalog'
import { cancelCheckout, createCheckout, getCheckout, replaceCheckout } from '@/lib/server/agents/checkouts'
import { completeCheckout } from '@/lib/server/agents/complete-checkout'
import { found, type Repeatable, requestHash, type Shown } from '@/lib/server/agents/operation'
import type { AgentRefusal } from '@/lib/server/agents/refusals'

// The MCP binding of the protocol: the operations of REST as tools, by the names that the specification gives them.

const Meta = z.object({
  'ucp-agent': z.object({ profile: z.string().max(500) }),
  'idempotency-key': z.string().min(16).max(255).optional(),
})
const Session = z.object({ meta: Meta, id: z.string().regex(/^[\w-]{43}$/) })

/** @param agent the caller, by the profile in `meta`; null where that is no address. */
export function registerTools(server: McpServer, agent: Agent | null): void {
  const { tools } = words
  const run = (work: (agent: Agent) => Promise<Result<Shown, AgentRefusal>>) => answered(agent, work)

  server.registerTool(
    'search_catalog',
    { description: tools.search, inputSchema: z.object({ meta: Meta, catalog: CatalogSearch }) },
    ({ catalog }) => run(async () => found(await searchCatalog(catalog))),
  )
  server.registerTool(
    'lookup_catalog',
    { description: tools.lookup, inputSchema: z.object({ meta: Meta, catalog: CatalogLookup }) },
    ({ catalog }) => run(async () => found(await lookUpCatalog(catalog))),
  )
  server.registerTool(
    'get_product',
    { description: tools.product, inputSchema: z.object({ meta: Meta, catalog: ProductRequest }) },
    ({ catalog }) => run(async () => found(await getProduct(catalog.id))),
  )
  server.registerTool(
    'create_checkout',
    { description: tools.create, inputSchema: z.object({ meta: Meta, checkout: CheckoutRequest }) },
    ({ meta, checkout }) => run((who) => createCheckout(who, checkout, repeatable('create', meta, checkout))),
  )
  server.registerTool('get_checkout', { description: tools.get, inputSchema: Session }, ({ id }) =>
    run(() => getCheckout(id)),
  )
  server.registerTool(
    'update_checkout',
    { description: tools.update, inputSchema: Session.extend({ checkout: CheckoutRequest }) },
    ({ meta, id, checkout }) =>
      run((who) => replaceCheckout(who, id, { asked: checkout, ...repeatable('update', meta, checkout) })),
  )
  server.registerTool(
    'complete_checkout',
    { description: tools.complete, inputSchema: Session.extend({ checkout: CompleteRequest }) },
    ({ meta, id, checkout }) =>
      run((who) => completeCheckout(who, id, { asked: checkout, ...repeatable('complete', meta, checkout) })),
  )
  server.registerTool(
    'cancel_checkout',
    { description: tools.cancel, inputSchema: Session },
    ({ meta, id }) => run((who) => cancelCheckout(who, id, repeatable('cancel', meta, {}))),
  )
}

function repeatable(operation: string, meta: z.infer<typeof Meta>, asked: object): Repeatable {
  return { key: meta['idempotency-key'] ?? null, request: requestHash(operation, asked) }
}

async function answered(
  agent: Agent | null,
  work: (agent: Agent) => Promise<Result<Shown, AgentRefusal>>,
): Promise<CallToolResult> {
  const answer = agent ? await work(agent) : refused(noProfile)
  const body = answer.ok ? answer.data.body : { code: answer.error.code, content: answer.error.content }
  return {
    content: [{ type: 'text', text: JSON.stringify(body) }],
    structuredContent: { ...body },
    ...(!answer.ok && { isError: true }),
  }
}
