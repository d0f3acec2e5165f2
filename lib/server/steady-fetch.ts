import 'server-only'

/** How a kept-alive connection ends that the other side had closed meanwhile, or that broke. */
const broken = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/**
 * fetch, once more when the connection ended before an answer came: nobody knows then whether it was heard. For reads,
 * and for writes that carry the key of their gesture, which therefore happen once.
 */
export async function steadyFetch(asked: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(asked, init)
  } catch (reason) {
    if (!endedEarly(reason)) throw reason
    return fetch(asked, init)
  }
}

function endedEarly(reason: unknown): boolean {
  const cause = reason instanceof Error ? reason.cause : null
  return cause instanceof Error && 'code' in cause && broken.has(String(cause.code))
}
