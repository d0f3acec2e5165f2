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
/** Comparisons of open pages (lib/server/stock/shelf-response.ts) cost far less; a large network has hundreds of open pages. */
const shelfBurst = 2_000
const shelfPerSecond = 1_000
/** The cost of a page from the shared cache or of a photo, in requests: nothing is rendered for it. */
export const keptPageCost = 0.1
const aPhoto = /^\/pictures\//

/** The cost of a request, in requests. */
export function costOf(url: string, isKept: boolean): number {
  return isKept || aPhoto.test(url) ? keptPageCost : 1
}
/** A network that used so much of its burst is heavy: its pages wait for those of others (places.ts). */
const heavyAfter = 50

const spendPage = allowance(burst, perSecond)
const spendShelf = allowance(shelfBurst, shelfPerSecond)

/** Files that cost nothing to send; a page brings dozens. */
const aFile = /^\/(_next\/static\/|_next\/image\?|art\/|no-picture\.svg$|favicon\.ico$|icon\.svg$)/

/** A counted request: whether its network is heavy, and after how many seconds to retry; null where it may pass. */
interface Spent {
  isHeavy: boolean
  retryAfterSeconds: number | null
}

/** Counts a request of a network at this time, in milliseconds. */
export function spendRequest(network: string, now = performance.now(), cost = 1): Spent {
  const { left, retryAfterSeconds } = spendPage(network, cost, now)
  return { isHeavy: left <= burst - heavyAfter, retryAfterSeconds }
}

/** Counts a comparison of this cost. Answers after how many seconds to retry; null where it may pass. */
export function spendShelfRequest(network: string, cost: number, now = performance.now()): number | null {
  return spendShelf(network, cost, now).retryAfterSeconds
}

/** The balance of each network: at most `most`, and so much more per second. A cost above the balance is not spent. */
function allowance(most: number, perSecond: number) {
  const networks = boundedMap<string, { left: number; at: number }>(50_000)
  return (network: string, cost: number, now: number) => {
    const known = networks.get(network) ?? { left: most, at: now }
    const left = Math.min(most, known.left + ((now - known.at) / 1000) * perSecond)
    const isOver = left < cost
    networks.set(network, { left: isOver ? left : left - cost, at: now })
    return { left, retryAfterSeconds: isOver ? Math.ceil((cost - left) / perSecond) + 1 : null }
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
