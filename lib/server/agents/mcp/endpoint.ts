import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { ucpVersion } from '@/lib/domain/agents/protocol'
import { agentWords as words } from '@/lib/domain/agents/words'
import { type Agent, addressOf, countAgent, profileIn } from '@/lib/server/agents/caller'
import { jsonIn, refusalResponse } from '@/lib/server/agents/rest'
import { webhookLimit } from '@/lib/server/http/body-limits'
import { boundedBody } from '@/lib/server/http/bounded-body'
import { siteUrl } from '@/lib/server/http/site-url'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { openStream, registerShelf, shelfBus } from './shelf-resource'
import { registerTools } from './tools'

/** A stream ends after this time, in milliseconds; its agent opens the next one and finds out what has changed. */
const longestStreamMs = 30 * 60_000
const mostStreams = 200

/** The agent of the request that is being served; null for one without a profile. */
const caller = new AsyncLocalStorage<Agent | null>()

const handler = createMcpHandler(
  () => {
    const server = new McpServer(
      { name: 'onhand', version: ucpVersion },
      { capabilities: { resources: { subscribe: true } } },
    )
    registerTools(server, caller.getStore() ?? null)
    registerShelf(server)
    return server
  },
  { bus: shelfBus, maxSubscriptions: mostStreams, maxRequestBodySize: webhookLimit.bytes },
)

/** The parts of a message that are looked at before it is served. */
const Message = z.object({
  method: z.string().catch(''),
  params: z
    .object({
      arguments: z.object({ meta: z.object({ 'ucp-agent': z.object({ profile: z.unknown() }) }) }),
      notifications: z.object({ resourceSubscriptions: z.array(z.unknown()).max(100) }),
    })
    .partial()
    .catch({}),
})

/**
 * The MCP server, over Streamable HTTP. Each request is counted for its agent and network, as those of REST are. A page of
 * another site cannot call it from a browser.
 */
export const serveMcp = answeringUnavailable(async (request: Request): Promise<Response> => {
  const origin = request.headers.get('origin')
  if (origin !== null && origin !== (await siteUrl()).origin)
    return refusalResponse({ status: 403, code: 'forbidden', content: words.otherSite })
  const body = await boundedBody(request, webhookLimit)
  if (body instanceof Response) return body
  const parsedBody = jsonIn(body)
  const { method, params } = Message.catch({ method: '', params: {} }).parse(parsedBody)
  const named = params.arguments?.meta['ucp-agent'].profile
  const profile = addressOf(named) ?? profileIn(request.headers.get('ucp-agent'))
  const agent = await countAgent(profile)
  if (!agent.ok) return refusalResponse(agent.error)
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(longestStreamMs)])
  const { url, headers } = request
  const serve = () =>
    caller.run(profile === null ? null : agent.data, () =>
      handler.fetch(new Request(url, { method: request.method, headers, signal }), { parsedBody }),
    )
  if (method !== 'subscriptions/listen') return serve()
  const uris = params.notifications?.resourceSubscriptions ?? []
  const opened = await openStream({ uris, network: agent.data.network }, serve)
  return (
    opened ??
    refusalResponse({
      status: 429,
      code: 'rate_limit_exceeded',
      content: words.tooManyStreams,
      retryAfterSeconds: 60,
    })
  )
})
