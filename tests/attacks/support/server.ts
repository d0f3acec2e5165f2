import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { listenerOf } from 'embedded-supabase/ports'
import { ROOT } from '@/commands/root'
import { shopUrl } from './api'

export type Page = { status: number; text: string; headers: Headers; ms: number }

/** Asks the shop for a page, or posts to it; never follows where it leads. */
export async function visit(
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Page> {
  const begun = performance.now()
  const response = await fetch(shopUrl() + path, {
    method,
    redirect: 'manual',
    headers,
    signal: AbortSignal.timeout(60_000),
    ...(body !== undefined && { body }),
  })
  const text = await response.text()
  return { status: response.status, text, headers: response.headers, ms: performance.now() - begun }
}

/** Posts a form to the shop as a browser on this page would, one that keeps cookies. */
export const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  visit(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: shopUrl(),
      cookie: `cart=${randomBytes(32).toString('base64url')}`,
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  })

/** The ids under which the built shop takes server actions, by the name each is exported as. */
export function actionIds(): [name: string, id: string][] {
  const manifest = join(
    ROOT,
    process.env.NEXT_DIST_DIR ?? '.next',
    'server',
    'server-reference-manifest.json',
  )
  const { node } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    node: Record<string, { exportedName?: string }>
  }
  return Object.entries(node).map(([id, { exportedName = id }]) => [exportedName, id])
}

/** Calls a server action with these arguments. */
export const act = (id: string, args: unknown, path = '/') =>
  visit(path, {
    method: 'POST',
    headers: { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', origin: shopUrl() },
    body: JSON.stringify(args),
  })

/** Sends a body in chunks without saying how long it is. How much the shop took before it answered or hung up. */
export async function flood(
  path: string,
  megabytes: number,
  { shop = shopUrl(), type = 'application/x-www-form-urlencoded', extra = '', first = 'junk=' } = {},
): Promise<{ status: number; sentMb: number; ms: number }> {
  const { hostname, port, host, origin } = new URL(shop)
  const begun = performance.now()
  const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
  const chunk = Buffer.alloc(1 << 20, 'x')
  let sent = 0
  let answer = ''
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => resolve()).on('error', () => resolve())
    socket.on('data', (data) => {
      answer += data
    })
  })
  const more = () => {
    while (sent < megabytes && !answer && !socket.destroyed) {
      sent++
      socket.write(`${chunk.length.toString(16)}\r\n`)
      socket.write(chunk)
      if (!socket.write('\r\n')) return void socket.once('drain', more)
    }
    if (!socket.destroyed) socket.write('0\r\n\r\n')
  }
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: ${type}\r\n${extra}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${Buffer.byteLength(first).toString(16)}\r\n${first}\r\n`,
  )
  more()
  await ended
  return {
    status: Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1] ?? 0),
    sentMb: sent,
    ms: performance.now() - begun,
  }
}

/** Resident memory of the shop's server, in MB. Linux alone tells. */
export function memoryMb(): number {
  const server = listenerOf(Number(new URL(shopUrl()).port))
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server}/status`, 'utf8'))?.[1]
  return Math.round(Number(kb) / 1024)
}
