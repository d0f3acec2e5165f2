import 'server-only'
import { isUnavailable, retryAfterSeconds } from '@/lib/domain/core/unavailable'

/** A route handler that answers 503 with Retry-After when the database cannot be asked. Other faults stay faults. */
export function answeringUnavailable<Args extends unknown[]>(
  handle: (...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  return async (...args) => {
    try {
      return await handle(...args)
    } catch (cause) {
      if (!isUnavailable(cause)) throw cause
      process.emitWarning(`A route could not be served: ${String(cause)}`)
      return unavailableResponse()
    }
  }
}

/** Also a page of one sentence, for a form that was posted without JavaScript. */
function unavailableResponse(): Response {
  const words =
    'The shop is unavailable. Your cart and orders are safe. Go back and try again in a few seconds.\n'
  return new Response(words, {
    status: 503,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'private, no-store',
      'retry-after': String(retryAfterSeconds),
    },
  })
}
