import 'server-only'
import type { ZodType } from 'zod'
import { agentWords as words } from '@/lib/domain/agents/words'
import { type Result, refused } from '@/lib/domain/core/result'
import { webhookLimit } from '@/lib/server/http/body-limits'
import { boundedBody } from '@/lib/server/http/bounded-body'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { type Agent, admitAgent } from './caller'
import { type Repeatable, requestHash, type Shown } from './operation'
import type { AgentRefusal } from './refusals'

// The REST binding of the protocol: one route handler for each operation, made here.

type Run<Asked, Context> = (
  asked: Asked,
  call: Repeatable & { agent: Agent; id: string },
  context: Context,
) => Promise<Result<Shown, AgentRefusal>>

interface Params {
  /** Undefined in a route whose address has none. */
  params: Promise<{ id?: string } | undefined>
}

/** An operation with a body: its agent is counted, the body read within its limits and by its schema, before it runs. */
export function agentRoute<Asked>(schema: ZodType<Asked>, run: Run<Asked, Params>) {
  return answeringUnavailable(async (request: Request, context: Params): Promise<Response> => {
    const agent = await admitAgent(request.headers.get('ucp-agent'))
    if (!agent.ok) return refusalResponse(agent.error)
    const body = request.method === 'GET' ? new Uint8Array() : await boundedBody(request, webhookLimit)
    if (body instanceof Response) return body
    const json = jsonIn(body)
    const asked = schema.safeParse(json)
    if (!asked.success) {
      const where = asked.error.issues.map(({ path }) => path.join('.') || 'body').slice(0, 5)
      return refusalResponse({
        status: 400,
        code: 'invalid_request',
        content: words.badRequest(where.join(', ')),
      })
    }
    const key = request.headers.get('idempotency-key')
    if (key !== null && (key.length < 16 || key.length > 255))
      return refusalResponse({ status: 400, code: 'invalid_request', content: words.keyMalformed })
    const id = (await context.params)?.id ?? ''
    const operation = `${request.method} ${new URL(request.url).pathname}`
    const call = { agent: agent.data, id, key, request: requestHash(operation, json) }
    const answer = /^[\w-]{43}$|^$/.test(id)
      ? await run(asked.data, call, context)
      : refused({ status: 404, code: 'not_found', content: words.unknownCheckout })
    if (!answer.ok) return refusalResponse(answer.error)
    return Response.json(answer.data.body, { status: answer.data.isNew ? 201 : 200, headers: noStore })
  })
}

const noStore = { 'cache-control': 'private, no-store' }

/** An error of the protocol. That of a missing checkout is one of its envelopes, too. */
export function refusalResponse({ status, code, content, retryAfterSeconds }: AgentRefusal): Response {
  return Response.json(
    { code, content, messages: [{ type: 'error', code, content, severity: 'unrecoverable' }] },
    {
      status,
      headers: { ...noStore, ...(retryAfterSeconds && { 'retry-after': String(retryAfterSeconds) }) },
    },
  )
}

/** The JSON of a body; that of none is an empty object, and undefined is what cannot be read. */
export function jsonIn(body: Uint8Array): unknown {
  if (body.byteLength === 0) return {}
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
