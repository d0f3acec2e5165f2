import 'server-only'
import { headers } from 'next/headers'
import { retryAfterSeconds } from '@/lib/domain/core/unavailable'
import type { Exchange } from './exchange'

/**
 * The statuses of pages and actions whose data could not be had (503) or that nobody of ours asked for (400), by the policy
 * of their response, which has its own nonce (proxy.ts). Next has neither status for a page; it is set when the response
 * is sent. In `globalThis`, because Next bundles instrumentation.ts and pages apart.
 */
const shared = globalThis as { onhandStatuses?: Map<string, 400 | 503> }
const marked = shared.onhandStatuses ?? new Map<string, 400 | 503>()
shared.onhandStatuses = marked

const mostMarked = 10_000

const policyHeader = 'content-security-policy'

/** The page being rendered is sent with 503 and Retry-After. */
export async function markUnavailable(): Promise<void> {
  mark((await headers()).get(policyHeader), 503)
}

/** A page or an action that failed is sent with this status, by the headers of its request. */
export function markFailed(
  requestHeaders: Record<string, string | string[] | undefined>,
  status: 400 | 503,
): void {
  mark(requestHeaders[policyHeader], status)
}

function mark(policy: unknown, status: 400 | 503): void {
  // Only where no response of a server like ours takes them out again.
  if (marked.size >= mostMarked) marked.clear()
  if (typeof policy === 'string') marked.set(policy, status)
}

/** Sends the response of a marked page with its status. Other errors stay 500. */
export function tellStatus({ response }: Exchange): void {
  const writeHead = response.writeHead.bind(response) as (...said: unknown[]) => typeof response
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const mark = marked.get(String(response.getHeader(policyHeader)))
    if (!mark || (status !== 200 && status !== 500)) return writeHead(status, ...rest)
    if (mark === 503) response.setHeader('retry-after', retryAfterSeconds)
    response.setHeader('cache-control', 'private, no-store')
    return writeHead(mark, ...rest)
  }
  response.once('close', () => marked.delete(String(response.getHeader(policyHeader))))
}
