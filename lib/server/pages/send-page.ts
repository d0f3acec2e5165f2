import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Flight, Page } from './flight'

/** A page is sent whole, and compressed, when the rest of it comes within this time after its head, in milliseconds. */
const restMs = 50

interface Visit {
  request: Pick<IncomingMessage, 'method' | 'headers'>
  response: ServerResponse
}

/** Sends a whole page. */
export function sendPage({ request, response }: Visit, page: Page, ageMs: number): void {
  if (response.destroyed) return
  const isGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const body = isGzip ? page.gzipped : page.body
  response.writeHead(page.status, {
    ...page.headers,
    vary: varyOf(page.headers),
    ...(isGzip && { 'content-encoding': 'gzip' }),
    ...(page.headers['cache-control']?.startsWith('public,') && { age: String(Math.floor(ageMs / 1000)) }),
    'content-length': String(body.length),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Sends a page that is being rendered: as it comes, where its rest is slow. */
export async function sendFlight(visit: Visit, flight: Flight, now = () => performance.now()): Promise<void> {
  const { request, response } = visit
  try {
    const { status, headers } = await flight.head
    const whole = await soon(flight.page)
    if (whole) {
      sendPage(visit, whole, now() - whole.renderedAt)
      return
    }
    if (response.destroyed) return
    response.writeHead(status, { ...headers, vary: varyOf(headers) })
    if (request.method === 'HEAD') response.end()
    else await sendParts(response, flight)
  } catch {
    refuse(response)
  }
}

/** Rejects where the rest does not come. */
async function sendParts(response: ServerResponse, { parts, listeners, rest }: Flight): Promise<void> {
  const write = (part: Buffer) => void response.write(part)
  for (const part of parts) write(part)
  listeners.add(write)
  response.once('close', () => listeners.delete(write))
  await rest
  response.end()
}

async function soon(page: Promise<Page>): Promise<Page | null> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, restMs, null)
  })
  return Promise.race([page, patience]).finally(() => clearTimeout(timer))
}

function varyOf({ vary }: Record<string, string>): string {
  return vary ? `${vary}, accept-encoding` : 'accept-encoding'
}

/** The render gave no response, or broke off: half a page is not taken for a whole one. */
function refuse(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const words = 'The shop is unavailable. Try again in a few seconds.\n'
  response.writeHead(503, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(words.length),
    'cache-control': 'private, no-store',
    'retry-after': '5',
  })
  response.end(words)
}
