import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** A refused request is answered after this time, so that a client that repeats it at once is not served faster for it. */
const delayMs = 1_000
/** Refusals of one network that wait; the next ones are sent at once. */
const mostDelayed = 200

const delayed = new Map<string, number>()

/** Answers 429 in a few static words, before Next or the database has done anything for the request. */
export function turnAway(
  network: string,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  seconds: number,
): void {
  const waiting = delayed.get(network) ?? 0
  if (waiting >= mostDelayed) {
    refuse(request, response, seconds)
    return
  }
  delayed.set(network, waiting + 1)
  const timer = setTimeout(answer, delayMs)
  timer.unref()
  response.once('close', answer)

  function answer(): void {
    clearTimeout(timer)
    response.off('close', answer)
    const others = (delayed.get(network) ?? 1) - 1
    if (others > 0) delayed.set(network, others)
    else delayed.delete(network)
    if (!response.destroyed) refuse(request, response, seconds)
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, seconds: number): void {
  const words = `Too many requests from your network. Nothing was changed: try again in ${seconds} seconds.\n`
  response.writeHead(429, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(words.length),
    'cache-control': 'private, no-store',
    'retry-after': String(seconds),
    ...(request.method !== 'GET' && { connection: 'close' }),
  })
  response.end(words)
  request.resume()
}
