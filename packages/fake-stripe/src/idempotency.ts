import { createHash } from 'node:crypto'
import { ApiError } from '#errors'

export interface Reply {
  status: number
  body: unknown
}

/** Kept as long as the process; Stripe keeps a key for a day. */
const MOST_KEYS = 50_000

/** The first answer of each idempotency key, as text, so that later changes of the objects are not in it. */
export class IdempotencyKeys {
  readonly #known = new Map<string, { asked: string; status: number; body: string }>()

  /** The answer that a request with this key had. Throws ApiError when that request was another one. */
  replay(key: string, request: string): Reply | null {
    const known = this.#known.get(key)
    if (!known) return null
    if (known.asked !== hashOf(request))
      throw new ApiError(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      })
    return { status: known.status, body: JSON.parse(known.body) }
  }

  keep(key: string, request: string, { status, body }: Reply): void {
    this.#known.set(key, { asked: hashOf(request), status, body: JSON.stringify(body) })
    const [oldest] = this.#known.keys()
    if (this.#known.size > MOST_KEYS && oldest) this.#known.delete(oldest)
  }
}

function hashOf(request: string): string {
  return createHash('sha256').update(request).digest('hex')
}
