import 'server-only'
import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type RequestOptions, request, type Server } from 'node:http'
import { secretKey, siteAddress } from '@/lib/server/platform/env'
import type { AskedPage } from './asked-page'

// A public page is rendered by a request of this server to itself. It is built from the address alone, so nothing that a
// visitor sent (cookies, host, languages, the router's state) can reach the page.

const header = 'x-onhand-render'
const word = randomUUID()

/** A page that takes longer is broken off, in milliseconds. */
const renderMs = 30_000

/** Whether a request is one of this server for a page that it will share. The mark is taken off. */
export function takeOwnRender({ headers }: IncomingMessage): boolean {
  const isOwn = headers[header] === word
  delete headers[header]
  return isOwn
}

/** The response to a request for a public page, rendered now by this server. */
export function renderPage(asked: AskedPage, server: Server): Promise<IncomingMessage> {
  return askSelf(server, {
    // Next expects the parameter with the data of a page, and leaves it empty for headers without a state.
    path: asked.isData ? `${asked.address}${asked.address.includes('?') ? '&' : '?'}_rsc=` : asked.address,
    headers: {
      host: siteAddress()?.host ?? 'localhost',
      'accept-encoding': 'identity',
      // Next sends true statuses to clients with a name (htmlLimitedBots in next.config.ts).
      'user-agent': 'onhand',
      'x-forwarded-proto': asked.isHttps ? 'https' : 'http',
      ...(asked.isData && { rsc: '1' }),
    },
  })
}

/** Drops all that this server keeps of the catalogue, by the route that commands use. */
export async function dropCatalogue(server: Server): Promise<void> {
  const response = await askSelf(server, {
    path: '/api/revalidate',
    method: 'POST',
    headers: { host: 'localhost', authorization: `Bearer ${secretKey()}`, 'content-length': '0' },
  })
  response.resume()
  if (response.statusCode !== 204) throw new Error(`the catalogue was not dropped: ${response.statusCode}`)
}

function askSelf(server: Server, { headers, ...asked }: RequestOptions): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const sent = request({
    ...placeOf(server),
    ...asked,
    headers: { ...headers, [header]: word },
    // A connection that is kept would keep a server from stopping.
    agent: false,
    timeout: renderMs,
  })
  sent.on('timeout', () => sent.destroy(new Error(`${asked.path} was not answered in time`)))
  sent.on('response', resolve).on('error', reject).end()
  return promise
}

function placeOf(server: Server): { host: string; port: number } | { socketPath: string } {
  const address = server.address()
  if (address === null) throw new Error('the server has stopped')
  if (typeof address === 'string') return { socketPath: address }
  const { port, address: host } = address
  if (host === '::') return { host: '::1', port }
  return { host: host === '0.0.0.0' ? '127.0.0.1' : host, port }
}
