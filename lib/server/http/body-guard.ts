import 'server-only'
import type { Exchange } from '@/lib/server/resilience/exchange'
import { type BodyLimit, bodyLimitFor } from './body-limits'

/** So much of a body is still taken after it was turned away: a form that is a little too large arrives whole. */
const mostDropped = 8 * 1024 * 1024

/** How long a connection is kept after its request was turned away, so that the client reads why. */
const lingerMs = 1_000

/**
 * Calls `serve` once a body has arrived, or as much of it as Node keeps unread (16 kB, so every form). Counts its bytes as
 * they arrive, however the request announces them, and answers 413 when there are too many, 408 when they take too long.
 * A slow or endless body therefore costs a socket and nothing else: Next, which reads some bodies whole before any code of
 * ours runs, never sees it.
 */
export function guardBody(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  serve: () => void,
  limit = limitOf(request.url),
): void {
  if (!hasBody(request)) {
    serve()
    return
  }
  if (Number(request.headers['content-length'] ?? 0) > limit.bytes) {
    turnAway(413)
    return
  }
  let bytes = 0
  let isServed = false
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null, encoding) => {
    bytes += chunk?.length ?? 0
    if (bytes > limit.bytes) {
      turnAway(413)
      return true
    }
    const isRoomLeft = push(chunk, encoding)
    if (!isServed && (chunk === null || !isRoomLeft)) {
      isServed = true
      // After Node's parser has noted that the request is complete.
      process.nextTick(serve)
    }
    return isRoomLeft
  }
  const slow = setTimeout(() => request.complete || turnAway(408), limit.ms)
  slow.unref()
  response.once('close', () => clearTimeout(slow))
  // Answered before it had come: Node would go on reading for as long as a whole request may take.
  response.once('finish', () => {
    setTimeout(() => request.complete || request.socket.destroy(), lingerMs).unref()
  })

  function turnAway(status: 408 | 413): void {
    // Bytes that still arrive are dropped, until they are too many or the connection is.
    let dropped = 0
    request.push = (chunk: Buffer | null) => {
      dropped += chunk?.length ?? 0
      return dropped < mostDropped
    }
    if (response.headersSent) {
      request.destroy()
      return
    }
    const words = status === 413 ? 'The request is too large.\n' : 'The request took too long.\n'
    response.writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(words),
      'cache-control': 'no-store',
      connection: 'close',
    })
    // Not ended yet: Node would cut the connection at once, and what the client still sends would reset it before it reads.
    response.write(words)
    // Next may not have noticed and answer as well.
    response.setHeader = () => response
    response.writeHead = () => response
    setTimeout(() => request.destroy(), lingerMs).unref()
  }
}

function hasBody({ headers }: Exchange['request']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function limitOf(url = '/'): BodyLimit {
  return bodyLimitFor(url.split('?', 1)[0] ?? '/')
}
