import 'server-only'
import { createHash } from 'node:crypto'

/** An idempotency key derived from the request's content: the same request gets the same key. */
export function keyFor(request: string): string {
  const hex = createHash('sha256').update(request).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
