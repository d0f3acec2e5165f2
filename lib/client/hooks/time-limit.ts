/** How long a page waits for one answer, its body included, in milliseconds. */
const limitMs = 10_000

/** Ends a request with `signal`, or after the limit. By hand: not every browser has AbortSignal.any. */
export function timeLimit(signal?: AbortSignal | null, ms = limitMs): AbortSignal {
  const limit = new AbortController()
  const end = () => limit.abort()
  setTimeout(end, ms)
  if (signal?.aborted) end()
  signal?.addEventListener('abort', end)
  return limit.signal
}
