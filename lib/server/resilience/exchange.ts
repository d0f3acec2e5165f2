import 'server-only'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** A request and its response, as Node's HTTP server publishes them before anybody handles them. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  server: Server
}

/** Published by Node for each request, in the same turn in which the server's own listener is called afterwards. */
export const exchangeChannel = 'http.server.request.start'
