import 'server-only'
import type { IncomingMessage } from 'node:http'
import { boundedMap } from '@/lib/domain/core/bounded-map'
import { clientAddressIn, isPrivate, networkOf } from '@/lib/domain/core/network'
import { trustedProxies } from '@/lib/server/platform/env'

// How many pages and routes one network may ask one server for. The limits of writes are the database's
// (docs/decisions/0029); this one protects the processor, so it is counted here, in memory, before Next sees the request.

/** A burst, and requests per second after it: a household or an office stays far below, a flood does not. */
const burst = 300
const perSecond = 30
/** A network that used so much of its burst is heavy: its pages wait for those of others (places.ts). */
const heavyAfter = 50

const networks = boundedMap<string, { left: number; at: number }>(50_000)

/** Files that cost nothing to send; a page brings dozens. */
const aFile = /^\/(_next\/static\/|_next\/image\?|art\/|favicon\.ico$|icon\.svg$)/

/** A counted request: whether its network is heavy, and after how many seconds to retry; null where it may pass. */
interface Spent {
  isHeavy: boolean
  retryAfterSeconds: number | null
}

/** Counts a request of a network at this time, in milliseconds. */
export function spendRequest(network: string, now = performance.now()): Spent {
  const known = networks.get(network) ?? { left: burst, at: now }
  const left = Math.min(burst, known.left + ((now - known.at) / 1000) * perSecond)
  const isOver = left < 1
  networks.set(network, { left: isOver ? left : left - 1, at: now })
  return {
    isHeavy: left <= burst - heavyAfter,
    retryAfterSeconds: isOver ? Math.ceil((1 - left) / perSecond) + 1 : null,
  }
}

/** The network to count for; null for this machine, for an unknown address, and for files. */
export function countedNetwork({ url = '/', headers, socket }: IncomingMessage): string | null {
  if (aFile.test(url)) return null
  const proxies = trustedProxies()
  const forwarded = String(headers['x-forwarded-for'] ?? '') || null
  const address = clientAddressIn({ forwarded, peer: socket.remoteAddress ?? null }, proxies)
  // A private peer is a proxy that TRUSTED_PROXIES does not count: behind it are all shoppers.
  if (!address || (proxies === 0 && isPrivate(address))) return null
  return networkOf(address)
}
