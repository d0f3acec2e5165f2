import 'server-only'
import { agentWords as words } from '@/lib/domain/agents/words'
import type { Refusal } from '@/lib/domain/core/refusal'

/** Why a request of an agent has no answer: an error of the protocol, as REST says it. */
export interface AgentRefusal {
  status: number
  code: string
  content: string
  retryAfterSeconds?: number
}

/** The refusals of a caller, and not of a line. */
export const callerCodes: ReadonlySet<string> = new Set(['too_many_requests', 'blocked', 'busy', 'read_only'])

/** A refusal of the database in the protocol's terms. Throws for one that no agent can cause. */
export function refusalOf(refusal: Refusal): AgentRefusal {
  switch (refusal.code) {
    case 'too_many_requests':
      return {
        status: 429,
        code: 'rate_limit_exceeded',
        content: words.tooManyRequests,
        retryAfterSeconds: refusal.detail.retry_after_seconds,
      }
    case 'blocked':
      return { status: 403, code: 'forbidden', content: words.blocked }
    case 'busy':
      return {
        status: 503,
        code: 'temporarily_unavailable',
        content: words.busy,
        retryAfterSeconds: refusal.detail.retry_after_seconds,
      }
    case 'read_only':
      return { status: 503, code: 'temporarily_unavailable', content: words.busy, retryAfterSeconds: 30 }
    case 'idempotency_key_reused':
      return { status: 409, code: 'idempotency_conflict', content: words.keyReused }
    case 'not_found':
      return { status: 404, code: 'not_found', content: words.unknownCheckout }
    default:
      throw new Error(`agents: ${refusal.code}`)
  }
}
