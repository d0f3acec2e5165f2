import 'server-only'
import { createHash } from 'node:crypto'

// An operation of the protocol, whichever way it is called: by REST or as a tool.

/** `request` is a hash of the whole request, and `key` the caller's idempotency key; null for none. */
export interface Repeatable {
  key: string | null
  request: string
}

export interface Shown {
  body: object
  /** Whether this call made the checkout. */
  isNew: boolean
}

/** A hash of the operation and all of its body, to which an idempotency key belongs. */
export function requestHash(operation: string, asked: unknown): string {
  return createHash('sha256')
    .update(`${operation} ${JSON.stringify(asked)}`)
    .digest('hex')
}

/** An answer of the catalogue, which is refused to nobody who was admitted. */
export const found = (body: object) => ({ ok: true, data: { body, isNew: false } }) as const
