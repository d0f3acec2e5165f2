import 'server-only'
import { subscribe } from 'node:diagnostics_channel'
import { type Exchange, exchangeChannel } from '@/lib/server/resilience/exchange'
import { tellUnavailable } from '@/lib/server/resilience/unavailable-pages'
import { guardBody } from './body-guard'

/** How long a client may take for its headers, and for a whole request, in milliseconds. Node looks every 30 s. */
const headersMs = 15_000
const requestMs = 150_000

/** Watches every request of this process before Next handles it: the size and the time of its body, and its status. */
export function guardHttp(): void {
  subscribe(exchangeChannel, (message) => {
    const exchange = message as Exchange
    exchange.server.headersTimeout = headersMs
    exchange.server.requestTimeout = requestMs
    tellUnavailable(exchange)
    guardBody(exchange)
  })
}
