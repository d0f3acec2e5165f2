import type { IncomingMessage, ServerResponse } from 'node:http'

const METHODS = 'GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS,TRACE,CONNECT'

/** Headers a browser may read, per service. */
const EXPOSED = {
  '/rest/v1':
    'Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, Range-Unit',
  '/storage/v1': 'Content-Disposition, Content-Length, ETag, Last-Modified',
  '/auth/v1': 'X-Total-Count, Link, X-Supabase-Api-Version',
}

/** Lets pages of any origin in, as Supabase does: keys and tokens protect the API, not the origin. */
export function allowAnyOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', '*')
  const exposed = Object.entries(EXPOSED).find(([prefix]) => request.url?.startsWith(prefix))
  if (exposed) response.setHeader('Access-Control-Expose-Headers', exposed[1])
}

/** Responds to the preflight a browser sends before a request with custom headers. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Methods', METHODS)
  const asked = request.headers['access-control-request-headers']
  if (asked) response.setHeader('Access-Control-Allow-Headers', asked)
  response.writeHead(200, { 'Content-Length': 0 }).end()
}
