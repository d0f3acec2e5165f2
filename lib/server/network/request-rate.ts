import 'server-only'
import { AsyncResource } from 'node:async_hooks'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { boundedMap } from '@/lib/domain/core/bounded-map'
import { clientAddressIn, isPrivate, networkOf } from '@/lib/domain/core/network'
import { trustedProxies } from '@/lib/server/platform/env'

// How many pages and routes one network may ask one server for. The limits of what changes anything are the database's
// (docs/decisions/0028); this one is for the processor, so it is counted here, in memory, before Next sees the request.

/** So many at once, and so many a second after that: a household or an office stays far below, a flood does not. */
const burst = 300
const perSecond = 30

const networks = boundedMap<string, { left: number; at: number }>(50_000)

/** Files that cost nothing to send; a page brings dozens. */
const aFile = /^\/(_next\/static\/|_next\/image\?|art\/|favicon\.ico$|icon\.svg$)/

/** Whether a network may ask once more at this time, in milliseconds; else after how many seconds. */
export function spendRequest(network: string, now = performance.now()): { retryAfterSeconds: number } | null {
  const known = networks.get(network) ?? { left: burst, at: now }
  const left = Math.min(burst, known.left + ((now - known.at) / 1000) * perSecond)
  networks.set(network, { left: left < 1 ? left : left - 1, at: now })
  return left < 1 ? { retryAfterSeconds: Math.ceil((1 - left) / perSecond) + 1 } : null
}

/** The network to count for; null for this machine, for what is not known, and for files. */
function countedNetwork({ url = '/', headers, socket }: IncomingMessage): string | null {
  if (aFile.test(url)) return null
  const proxies = trustedProxies()
  const forwarded = String(headers['x-forwarded-for'] ?? '') || null
  const address = clientAddressIn({ forwarded, peer: socket.remoteAddress ?? null }, proxies)
  // A private peer is a proxy that nobody told us of: behind it are all shoppers.
  if (!address || (proxies === 0 && isPrivate(address))) return null
  return networkOf(address)
}

function turnAway(request: IncomingMessage, response: ServerResponse, seconds: number): void {
  const words = `Too many requests from your network. Nothing was changed: try again in ${seconds} seconds.\n`
  response.writeHead(429, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(Buffer.byteLength(words)),
    'cache-control': 'private, no-store',
    'retry-after': String(seconds),
    ...(request.method !== 'GET' && { connection: 'close' }),
  })
  response.end(words)
  request.resume()
}

/** A page in the making keeps one of so many places of its network; others wait in line, for as long as there is one. */
const places = 4
const longestLine = 100
/** A reader that takes its time does not keep the place. */
const placeMs = 5_000

const lines = new Map<string, { busy: number; waiting: (() => void)[] }>()

/** Runs `go` when the network has a place; false when its line is too long. Only what has no body: a body can come slowly. */
export function takePlace(network: string, response: ServerResponse, go: () => void): boolean {
  const line = lines.get(network) ?? { busy: 0, waiting: [] }
  lines.set(network, line)
  if (line.waiting.length >= longestLine) return false
  const start = AsyncResource.bind(() => {
    line.busy += 1
    let isTaken = true
    const leave = () => {
      if (!isTaken) return
      isTaken = false
      clearTimeout(timer)
      line.busy -= 1
      line.waiting.shift()?.()
      if (line.busy === 0) lines.delete(network)
    }
    const timer = setTimeout(leave, placeMs)
    timer.unref()
    response.once('close', leave)
    if (response.destroyed) leave()
    else go()
  })
  if (line.busy < places) start()
  else line.waiting.push(start)
  return true
}

const mark = Symbol.for('onhand.request-rate')
const shared = globalThis as { [mark]?: true }

/** From now on this process turns away networks that ask too fast. */
export function limitRequests(): void {
  if (shared[mark]) return
  shared[mark] = true
  const emit = Server.prototype.emit
  Server.prototype.emit = function (event: string | symbol, ...values: unknown[]): boolean {
    if (event === 'request') {
      const [request, response] = values as [IncomingMessage, ServerResponse]
      const network = countedNetwork(request)
      if (network !== null) {
        const go = () => void Reflect.apply(emit, this, [event, ...values])
        const tooMany = spendRequest(network)
        if (tooMany) turnAway(request, response, tooMany.retryAfterSeconds)
        else if (request.method !== 'GET') go()
        else if (!takePlace(network, response, go)) turnAway(request, response, 2)
        return true
      }
    }
    return Reflect.apply(emit, this, [event, ...values]) as boolean
  }
}
