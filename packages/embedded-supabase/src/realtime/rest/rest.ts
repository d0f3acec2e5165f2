import type { IncomingMessage, ServerResponse } from 'node:http'
import { mayWrite } from '#realtime/channels/authorization'
import { isDatabaseError } from '#realtime/database'
import { jwtFor } from '#realtime/protocol/handshake'
import { type Claims, verifyToken } from '#realtime/protocol/token'
import type { ServerContext } from '#realtime/server-context'
import { type Answer, badRequest, json } from './rest-answer'
import { broadcastBatch } from './rest-batch'

const base = '/realtime/v1/api'
const single = /^\/broadcast\/([^/]+)\/events\/([^/]+)$/
const mostBodyBytes = 8_000_000

const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'authorization, apikey, content-type, x-client-info, x-api-key',
}

/** Answers /realtime/v1/api: broadcasts without a socket. */
export async function handleRest(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { body, ...answer } = await answerTo(context, request).catch((error: unknown): Answer => {
    console.error('realtime: request failed', error)
    return json(500, { message: 'Unable to authorize broadcast' })
  })
  const { eventsPerSecond } = context.limits
  response.writeHead(answer.status, {
    ...crossOrigin,
    ...(answer.type ? { 'content-type': answer.type } : {}),
    'content-length': Buffer.byteLength(body),
    'x-rate-rolling': '0',
    'x-rate-limit': String(eventsPerSecond),
    'x-rate-limit-remaining': String(eventsPerSecond),
  })
  response.end(body)
}

async function answerTo(context: ServerContext, request: IncomingMessage): Promise<Answer> {
  const url = URL.parse(request.url ?? '/', 'http://localhost')
  if (!url) return badRequest
  const path = url.pathname.startsWith(base) ? url.pathname.slice(base.length) : url.pathname
  const { method } = request
  if (method === 'OPTIONS') return { status: 204, body: '' }
  if (method === 'GET' && path === '/ping') return json(200, { message: 'Success' })
  const route = single.exec(path)
  if (method !== 'POST' || (path !== '/broadcast' && !route)) return notFound
  const body = await readBody(request)
  if (!body) return { status: 413, type: 'text/html; charset=utf-8', body: 'Request Entity Too Large' }
  const claims = authenticate(context, request)
  if (!claims) return unauthorized(401)
  if (context.rates.events.isExceeded()) return json(429, { message: 'Too many requests' })
  const headers = { 'x-client-info': String(request.headers['x-client-info'] ?? '') }
  if (!route) return broadcastBatch(context, { claims, headers }, body)
  const [, topic = '', event = ''] = route
  const isPrivate = url.searchParams.get('private') === 'true'
  return broadcastOne(
    context,
    { claims, headers },
    { topic, event, isPrivate, type: request.headers['content-type'] },
    body,
  )
}

type Message = { topic: string; event: string; isPrivate: boolean; type: string | undefined }

async function broadcastOne(
  context: ServerContext,
  sender: { claims: Claims; headers: Record<string, string> },
  message: Message,
  body: Buffer,
): Promise<Answer> {
  const topic = decodePart(message.topic)
  const event = decodePart(message.event)
  if (topic === null || event === null) return badRequest
  const isBytes = message.type?.startsWith('application/octet-stream') ?? false
  if (!isBytes && message.type && !message.type.startsWith('application/json')) {
    return json(415, { error: 'Unsupported Media Type. Use application/json or application/octet-stream' })
  }
  const payload = isBytes ? body : message.type ? objectText(body) : Buffer.from('{}')
  if (!payload) return badRequest
  if (payload.length > context.limits.payloadBytes) {
    return json(422, { errors: { payload: ['Payload size exceeds tenant limit'] } })
  }
  try {
    const asker = { ...sender, subTopic: topic }
    if (message.isPrivate && !(await mayWrite(context.database, asker, 'broadcast'))) return unauthorized(403)
  } catch (error) {
    return json(422, { message: technicalFault(error) })
  }
  const push = { event, isJson: !isBytes, body: payload }
  context.rooms.broadcast(topic, message.isPrivate, { form: 'body', push })
  return { status: 202, body: '' }
}

function technicalFault(error: unknown): string {
  if (!isDatabaseError(error)) return 'Tenant database unavailable'
  if (error.code === '57014') return 'Query canceled'
  return error.code === '23514' ? 'Missing messages partition' : 'RLS policy error'
}

/** A JSON value that is no object travels as `{"_json": value}`; null if the text is no JSON. */
function objectText(body: Buffer): Buffer | null {
  if (body.length === 0) return Buffer.from('{}')
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? body : Buffer.from(JSON.stringify({ _json: value }))
  } catch {
    return null
  }
}

function authenticate(
  { keys, jwtSecret, nowInS }: ServerContext,
  { headers }: IncomingMessage,
): Claims | null {
  const { authorization, apikey } = headers
  const kept =
    authorization && !authorization.startsWith('Bearer sb_') ? authorization.replace(/^Bearer\s+/i, '') : null
  const verdict = verifyToken(kept || jwtFor(String(apikey ?? ''), keys), jwtSecret, nowInS())
  return verdict.ok ? verdict.claims : null
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes <= mostBodyBytes) chunks.push(chunk)
  }
  return bytes > mostBodyBytes ? null : Buffer.concat(chunks)
}

function decodePart(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

const unauthorized = (status: 401 | 403): Answer => json(status, { message: 'Unauthorized' })
const notFound: Answer = { status: 404, type: 'text/html; charset=utf-8', body: 'Not Found' }
