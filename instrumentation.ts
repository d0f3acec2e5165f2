import type { Instrumentation } from 'next'
import { isBadRequest } from '@/lib/domain/core/bad-request'
import { isUnavailable } from '@/lib/domain/core/unavailable'

/** Called once when a server starts. The build and the edge runtime serve nothing and have nothing to maintain. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const { tolerateClosedOutput } = await import('@/lib/server/platform/closed-output')
  tolerateClosedOutput()
  const { guardHttp } = await import('@/lib/server/http/http-guard')
  const { createPublicPages } = await import('@/lib/server/pages/serve-pages')
  guardHttp(process.env.NODE_ENV === 'production' ? createPublicPages() : null)
  const { secretKey } = await import('@/lib/server/platform/env')
  // The shop asks for every guest with it: without, no cart could be filled. Said now and not by the first shopper's click.
  secretKey()
  const { requireSchema } = await import('@/lib/server/platform/schema-check')
  await requireSchema()
  const { readShop } = await import('@/lib/server/settings/shop-row')
  // For the first page; without a database it is read with that.
  await readShop().catch(() => null)
  const { startMaintenance } = await import('@/lib/server/platform/maintenance')
  startMaintenance()
  const { startMail } = await import('@/lib/server/mail/send-mail')
  startMail()
  const { startMonitor } = await import('@/lib/server/health/monitor')
  startMonitor()
  const { startCardPayments } = await import('@/lib/server/payments/settle-due')
  startCardPayments()
}

/** Called for each error of a page, before its response is sent. */
export const onRequestError: Instrumentation.onRequestError = async (cause, request) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { markBroken, markFailed } = await import('@/lib/server/resilience/page-status')
  markBroken(request.headers)
  const status = isUnavailable(cause) ? 503 : isBadRequest(cause) ? 400 : null
  if (status !== null) markFailed(request.headers, status)
}
