import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Keys, ServerContext } from '#realtime/server-context'
import { verifyToken } from './token'
import type { Version } from './wire'

export type Handshake = {
  version: Version
  /** The JWT of the key; channels without their own token use it. */
  token: string
  /** The client's `x-*` headers, lower-cased: policies may read them. */
  headers: Record<string, string>
}

type Refusal = { status: number; error: string | null }

const path = '/realtime/v1/websocket'
const realRefusalDelayMs = 2_000
const reasons: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
}

/** Reads the request of a new socket; a refusal when it may not open. */
export function readHandshake(
  context: ServerContext,
  request: IncomingMessage,
  socketCount: number,
): Handshake | Refusal {
  const url = URL.parse(request.url ?? '/', 'http://localhost')
  if (url?.pathname !== path) return { status: 404, error: 'Not Found' }
  const version = readVersion(url.searchParams.get('vsn'))
  if (!version) return { status: 403, error: null }
  const headers = extensionHeaders(request)
  const key = headers['x-api-key'] ?? url.searchParams.get('apikey')
  if (key === null || key === undefined) return { status: 401, error: 'API key is missing' }
  const token = jwtFor(key, context.keys)
  const verdict = verifyToken(token, context.jwtSecret, context.nowInS())
  if (!verdict.ok) {
    const isExpired = verdict.fault.code === 'InvalidJWTToken' && verdict.fault.isExpired
    return { status: 401, error: isExpired ? 'Token has expired' : verdict.fault.text }
  }
  if (socketCount >= context.limits.sockets) return { status: 429, error: 'Too many connected users' }
  return { version, token, headers }
}

/** Answers in HTTP, as the server does: there is no WebSocket to close yet. */
export async function refuse(
  context: ServerContext,
  socket: Duplex,
  { status, error }: Refusal,
): Promise<void> {
  socket.on('error', () => socket.destroy())
  if (error !== null) await context.faults.beforeRefusal(realRefusalDelayMs)
  const body = error === null ? '' : JSON.stringify({ error })
  socket.end(
    [
      `HTTP/1.1 ${status} ${reasons[status] ?? 'Error'}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}

/** Keys of the new style are no JWTs: the gateway of the real service puts the legacy ones in their place. */
export function jwtFor(key: string, keys: Keys): string {
  if (key === keys.publishable) return keys.anonJwt
  return key === keys.secret ? keys.serviceRoleJwt : key
}

function readVersion(vsn: string | null): Version | null {
  if (vsn === null || /^1\.0\.\d+$/.test(vsn)) return 1
  return /^2\.0\.\d+$/.test(vsn) ? 2 : null
}

function extensionHeaders(request: IncomingMessage): Record<string, string> {
  const own = Object.entries(request.headers).filter(([name]) => name.startsWith('x-'))
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]))
}
