import 'server-only'
import { AsyncResource } from 'node:async_hooks'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { namePeer } from '@/lib/server/network/peer'
import { createPlaces } from '@/lib/server/network/places'
import { countedNetwork, spendRequest } from '@/lib/server/network/request-rate'
import { turnAway } from '@/lib/server/network/turn-away'
import type { Exchange } from '@/lib/server/resilience/exchange'
import { tellStatus } from '@/lib/server/resilience/page-status'
import { guardBody } from './body-guard'
import { isShelfRequest, serveShelf } from './shelf-exchange'

/** How long a client may take for its headers, and for a whole request, in milliseconds. Node checks every 30 s. */
const headersMs = 15_000
const requestMs = 150_000

const mark = Symbol.for('onhand.http-guard')
const shared = globalThis as { [mark]?: true }

/**
 * The one hook into Node's HTTP server: every request to this process passes `receive` before Next sees it. Called once;
 * a second call changes nothing.
 */
export function guardHttp(): void {
  if (shared[mark]) return
  shared[mark] = true
  const emit = Server.prototype.emit
  const places = createPlaces()
  Server.prototype.emit = function (event: string | symbol, ...values: unknown[]): boolean {
    if (event !== 'request') return Reflect.apply(emit, this, [event, ...values]) as boolean
    const [request, response] = values as [IncomingMessage, ServerResponse]
    // A request that waited is served in the context in which it came.
    const serve = AsyncResource.bind(() => void Reflect.apply(emit, this, [event, ...values]))
    receive({ request, response, server: this }, places, serve)
    return true
  }
}

/**
 * Names the peer, answers the comparisons of open pages, turns away networks that ask too fast, waits for the body within
 * its limits, and then for a place. Only then is the request served.
 */
function receive(exchange: Exchange, places: ReturnType<typeof createPlaces>, serve: () => void): void {
  const { request, response, server } = exchange
  server.headersTimeout = headersMs
  server.requestTimeout = requestMs
  namePeer(request)
  const network = countedNetwork(request)
  if (isShelfRequest(request)) {
    void serveShelf(exchange, network)
    return
  }
  const spent = network === null ? null : spendRequest(network)
  if (network !== null && spent?.retryAfterSeconds) {
    turnAway(network, exchange, spent.retryAfterSeconds)
    return
  }
  tellStatus(exchange)
  guardBody(exchange, () => {
    if (network === null) serve()
    else if (!places.enter(network, spent?.isHeavy ?? false, response, serve)) turnAway(network, exchange, 2)
  })
}
