/** How Next names this error in a page's markup and to its error pages; React keeps it on the way through a cache. */
const digest = 'unavailable'

/** The database or Auth could not be asked, or gave no answer in time. A retry may succeed. */
export class Unavailable extends Error {
  override name = 'Unavailable'
  readonly digest = digest
}

/** Whether an error is `Unavailable`, also after it crossed a cache or reached the browser, where its class is lost. */
export function isUnavailable(cause: unknown): boolean {
  return cause instanceof Error && 'digest' in cause && String(cause.digest).split('@', 1)[0] === digest
}

/** Seconds after which a client may ask again, for Retry-After. */
export const retryAfterSeconds = 2
