import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Mailbox } from '#mailbox/mailbox'
import { answerMailbox } from '#mailbox/mailbox-page'
import { allowAnyOrigin, answerPreflight } from './cors'
import { translateCredentials } from './credentials'
import { sendJson, sendWebResponse, toWebRequest } from './node-http'

/** The services behind the one port. Each gets requests as they came, but for the credentials. */
export interface Services {
  /** Answers the requests of Auth's administration; null for any other. */
  authAdmin: (request: Request) => Promise<Response | null>
  /** Answers the requests about Auth's messages that Lite does not know; null for any other. */
  authMail?: (request: Request) => Promise<Response | null>
  /** Data API and Auth. */
  lite: (request: Request) => Promise<Response>
  mailbox?: Mailbox
  realtime: {
    handleRequest: (request: IncomingMessage, response: ServerResponse) => Promise<void>
    handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  }
  storage?: { handleRequest: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> }
}

/**
 * As long as a gateway of a hosted project keeps a connection. Node's own five seconds end just when a busy client sends
 * its next request, which is then lost.
 */
const KEEP_ALIVE_MS = 75_000

/** The API of the stack on 127.0.0.1 alone: other machines have no business with a development tool. */
export async function startGateway(port: number, services: Services): Promise<{ stop: () => void }> {
  const server = createServer((request, response) => {
    answer(request, response, services).catch((error) => {
      console.error(error)
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { message: 'An unexpected error occurred' })
    })
  })
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/realtime/v1/')) services.realtime.handleUpgrade(request, socket, head)
    else socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
  })
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    stop: () => {
      server.close() // Not awaited: websockets belong to Realtime, which ends them when it stops.
      server.closeAllConnections()
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, services: Services): Promise<void> {
  // Before the headers that let any origin read: mail is for the person at this machine.
  if (services.mailbox && answerMailbox(services.mailbox, request, response)) return
  allowAnyOrigin(request, response)
  if (request.method === 'OPTIONS') return answerPreflight(request, response)

  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`)
  if (url.pathname.startsWith('/realtime/v1/')) return services.realtime.handleRequest(request, response)
  if (services.storage && url.pathname.startsWith('/storage/v1/'))
    return services.storage.handleRequest(request, response, url)
  if (!/^\/(rest|auth)\/v1(\/|$)/.test(url.pathname)) {
    return sendJson(response, 404, { message: 'no Route matched with those values' })
  }
  const asked = await toWebRequest(request, url)
  translateCredentials(asked.headers, url)
  const { authAdmin, authMail, lite } = services
  await sendWebResponse(
    (await authAdmin(asked)) ?? (await authMail?.(asked)) ?? (await lite(asked)),
    response,
  )
}
