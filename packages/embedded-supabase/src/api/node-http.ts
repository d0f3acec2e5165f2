import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A Node request as the web standard writes it, body read whole. */
export async function toWebRequest(request: IncomingMessage, url: URL): Promise<Request> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const method = request.method ?? 'GET'
  const body = method === 'GET' || method === 'HEAD' ? null : await buffer(request)
  return new Request(url, { method, headers, body: body && new Uint8Array(body) })
}

/** Sends a web response, keeping headers already set on the Node one. */
export async function sendWebResponse(from: Response, to: ServerResponse): Promise<void> {
  for (const [name, value] of from.headers) if (!to.hasHeader(name)) to.setHeader(name, value)
  const body = Buffer.from(await from.arrayBuffer())
  if (!to.hasHeader('Content-Length') && from.status !== 204) to.setHeader('Content-Length', body.length)
  to.writeHead(from.status).end(body)
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}
