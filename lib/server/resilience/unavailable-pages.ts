import 'server-only'
import { headers } from 'next/headers'
import { retryAfterSeconds } from '@/lib/domain/core/unavailable'
import type { Exchange } from './exchange'

/**
 * Pages whose data could not be had, by the policy of their response, which has a nonce of its own (proxy.ts). Next has no
 * status 503 for a page; it is set when the response is sent. In `globalThis`, because Next bundles instrumentation.ts and
 * pages apart.
 */
const shared = globalThis as { onhandUnavailable?: Set<string> }
const marked = shared.onhandUnavailable ?? new Set()
shared.onhandUnavailable = marked

const mostMarked = 10_000

const policyHeader = 'content-security-policy'

/** The page being rendered is sent with 503 and Retry-After. */
export async function markUnavailable(): Promise<void> {
  mark((await headers()).get(policyHeader))
}

/** The same for a page that failed, by the headers of its request. */
export function markFailed(requestHeaders: Record<string, string | string[] | undefined>): void {
  mark(requestHeaders[policyHeader])
}

function mark(policy: unknown): void {
  // Only where no response of a server like ours takes them out again.
  if (marked.size >= mostMarked) marked.clear()
  if (typeof policy === 'string') marked.add(policy)
}

/** Has the response of a marked page say 503. Other errors stay 500. */
export function tellUnavailable({ response }: Exchange): void {
  const writeHead = response.writeHead.bind(response) as (...said: unknown[]) => typeof response
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const isMarked = marked.has(String(response.getHeader(policyHeader)))
    if (!isMarked || (status !== 200 && status !== 500)) return writeHead(status, ...rest)
    response.setHeader('retry-after', retryAfterSeconds)
    response.setHeader('cache-control', 'private, no-store')
    return writeHead(503, ...rest)
  }
  response.once('close', () => marked.delete(String(response.getHeader(policyHeader))))
}
