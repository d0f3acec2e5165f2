import 'server-only'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** A request and its response, as Node's HTTP server publishes them before any handler sees them. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  server: Server
}
