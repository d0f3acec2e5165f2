import 'server-only'
import type { IncomingMessage } from 'node:http'
import type { Exchange } from '@/lib/server/resilience/exchange'
import { answerShelf } from '@/lib/server/stock/shelf-response'

/** Whether a request is an open page's comparison, which is the most frequent one by far. */
export function isShelfRequest({ method, url = '' }: IncomingMessage): boolean {
  return method === 'GET' && url.startsWith('/shelf?')
}

/** Answers a comparison from memory before Next sees it: Next takes a millisecond of processor time for a request. */
export async function serveShelf(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  network: string | null,
): Promise<void> {
  const answer = await answerShelf({
    address: request.url ?? '',
    ifNoneMatch: request.headers['if-none-match'] ?? null,
    network,
  })
  if (response.destroyed) return
  const body = answer.body ?? ''
  const length = answer.status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }
  response.writeHead(answer.status, { ...answer.headers, ...length })
  response.end(body)
}
