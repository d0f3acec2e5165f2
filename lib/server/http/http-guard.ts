import 'server-only'
import { AsyncResource } from 'node:async_hooks'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { namePeer } from '@/lib/server/network/peer'
import { createPlaces, type Leaving } from '@/lib/server/network/places'
import { costOf, countedNetwork, spendRequest } from '@/lib/server/network/request-rate'
import { turnAway } from '@/lib/server/network/turn-away'
import { takeOwnRender } from '@/lib/server/pages/own-render'
import type { PublicPages } from '@/lib/server/pages/serve-pages'
import type { Exchange } from '@/lib/server/resilience/exchange'
import { writePageStatus } from '@/lib/server/resilience/page-status'
import { guardBody } from './body-guard'
import { offerCartCookie } from './first-cookie'
import { isShelfRequest, serveShelf } from './shelf-exchange'

/** How long a client may take for its headers, and for a whole request, in milliseconds. Node checks every 30 s. */
const headersMs = 15_000
const requestMs = 150_000

const mark = Symbol.for('onhand.http-guard')
const shared = globalThis as { [mark]?: true }

/**
 * The one hook into Node's HTTP server: every request to this process passes `receive` before Next sees it. Called once;
 * a second call changes nothing.
 *
 * @param pages answers public pages for everybody; null in development, where the code changes.
 */
export function guardHttp(pages: PublicPages | null = null): void {
  if (shared[mark]) return
  shared[mark] = true
  const emit = Server.prototype.emit
  const places = createPlaces()
  Server.prototype.emit = function (event: string | symbol, ...values: unknown[]): boolean {
    if (event !== 'request') return Reflect.apply(emit, this, [event, ...values]) as boolean
    const [request, response] = values as [IncomingMessage, ServerResponse]
    // A request that waited is served in the context in which it came.
    const serve = AsyncResource.bind(() => void Reflect.apply(emit, this, [event, ...values]))
    receive({ request, response, server: this }, { places, pages }, serve)
    return true
  }
}

interface Guards {
  places: ReturnType<typeof createPlaces>
  pages: PublicPages | null
}

/**
 * Names the peer, answers the comparisons of open pages, and turns away networks that ask too fast. A public page is
 * answered here, from the shared cache or by a render that the server asks itself for. Every other request waits for its
 * body within its limits, and then for a place. Only then is it served.
 */
function receive(exchange: Exchange, { places, pages }: Guards, serve: () => void): void {
  const { request, response, server } = exchange
  server.headersTimeout = headersMs
  server.requestTimeout = requestMs
  if (takeOwnRender(request)) {
    writePageStatus(exchange)
    serve()
    return
  }
  namePeer(request)
  const network = countedNetwork(request)
  if (isShelfRequest(request)) {
    void serveShelf(exchange, network)
    return
  }
  const page = pages?.take(request)
  const cost = costOf(request.url ?? '/', page?.kept?.isFresh === true)
  const spent = network === null ? null : spendRequest(network, performance.now(), cost)
  if (network !== null && spent?.retryAfterSeconds) {
    turnAway(network, exchange, spent.retryAfterSeconds)
    return
  }
  /** Calls `go` when the network has a place; false when its line is too long. */
  function enter(until: Leaving, go: () => void): boolean {
    if (network !== null) return places.enter(network, spent?.isHeavy ?? false, until, go)
    go()
    return true
  }
  if (page) {
    if (!page.answer(exchange, enter)) turnAway(network ?? '', exchange, 2)
    return
  }
  writePageStatus(exchange)
  guardBody(exchange, () => {
    if (offerCartCookie(exchange)) return
    if (!enter(response, serve)) turnAway(network ?? '', exchange, 2)
  })
}
