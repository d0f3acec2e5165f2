import 'server-only'
import type { Refusal } from '@/lib/domain/core/refusal'

const statuses: Partial<Record<Refusal['code'], number>> = {
  too_many_requests: 429,
  busy: 503,
  blocked: 403,
  cookies_blocked: 403,
}

/**
 * The answer to a form without JavaScript that was sent too fast, by a blocked caller or without cookies: a status that a program
 * understands, and `words` for a person. Null for every other refusal, which its page explains.
 */
export function tryLater(refusal: Refusal, words: string): Response | null {
  const status = statuses[refusal.code]
  if (!status) return null
  const seconds = 'retry_after_seconds' in refusal.detail ? Number(refusal.detail.retry_after_seconds) : null
  return new Response(words, {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'private, no-store',
      ...(seconds && { 'retry-after': String(seconds) }),
    },
  })
}
