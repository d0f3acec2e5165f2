import 'server-only'
import { headers } from 'next/headers'
import { retryAfterSeconds } from '@/lib/domain/core/unavailable'
import type { Exchange } from './exchange'

/**
 * The statuses of pages and actions whose data could not be had (503), is gone for good (410), or that nobody of ours asked
 * for (400), by the policy
 * of their response, which has its own nonce (proxy.ts). Next has neither status for a page; it is set when the response
 * is sent. In `globalThis`, because Next bundles instrumentation.ts and pages apart.
 */
const shared = globalThis as { onhandStatuses?: Map<string, 400 | 410 | 503>; onhandDegraded?: Set<string> }
const marked = shared.onhandStatuses ?? new Map<string, 400 | 410 | 503>()
shared.onhandStatuses = marked
/** Pages that show less than they should, by the same policy. No cache keeps them. */
const degraded = shared.onhandDegraded ?? new Set<string>()
shared.onhandDegraded = degraded

const mostMarked = 10_000

const policyHeader = 'content-security-policy'

/** The page being rendered is sent with 503 and Retry-After. */
export async function markUnavailable(): Promise<void> {
  mark((await headers()).get(policyHeader), 503)
}

/** The page being rendered is about a product that is no longer sold: it is sent with 410. */
export async function markGone(): Promise<void> {
  mark((await headers()).get(policyHeader), 410)
}

/** The page being rendered shows less than it should, as during an outage: it is sent, and not kept for others. */
export async function markDegraded(): Promise<void> {
  degrade((await headers()).get(policyHeader))
}

/** The same for a page whose render failed in part, by the headers of its request. */
export function markBroken(requestHeaders: Record<string, string | string[] | undefined>): void {
  degrade(requestHeaders[policyHeader])
}

/** Whether the page with this policy showed less than it should. Asked once, when all of it has come. */
export function takeDegraded(responseHeaders: Record<string, string>): boolean {
  return degraded.delete(responseHeaders[policyHeader] ?? '')
}

function degrade(policy: unknown): void {
  if (degraded.size >= mostMarked) degraded.clear()
  if (typeof policy === 'string') degraded.add(policy)
}

/** A page or an action that failed is sent with this status, by the headers of its request. */
export function markFailed(
  requestHeaders: Record<string, string | string[] | undefined>,
  status: 400 | 410 | 503,
): void {
  mark(requestHeaders[policyHeader], status)
}

function mark(policy: unknown, status: 400 | 410 | 503): void {
  // Only where no response of a server like ours takes them out again.
  if (marked.size >= mostMarked) marked.clear()
  if (typeof policy === 'string') marked.set(policy, status)
}

/** Sends the response of a marked page with its status. Other errors stay 500. */
export function writePageStatus({ response }: Exchange): void {
  const writeHead = response.writeHead.bind(response) as (...said: unknown[]) => typeof response
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const policy = String(response.getHeader(policyHeader))
    if (degraded.has(policy)) response.setHeader('cache-control', 'private, no-store')
    const mark = marked.get(policy)
    if (!mark || (status !== 200 && status !== 500)) return writeHead(status, ...rest)
    if (mark === 503) response.setHeader('retry-after', retryAfterSeconds)
    response.setHeader('cache-control', 'private, no-store')
    return writeHead(mark, ...rest)
  }
  response.once('close', () => marked.delete(String(response.getHeader(policyHeader))))
}
