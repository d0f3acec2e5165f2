import 'server-only'
import { createHash } from 'node:crypto'
import { isUnavailable } from '@/lib/domain/core/unavailable'
import { spendShelfRequest } from '@/lib/server/network/request-rate'
import { broadcastShelf, isStockBroadcast, readShelf } from '@/lib/server/platform/read-shelf'
import { createSharedShelf, type ShelfKey, type ShelfRound } from './shared-shelf'

/** Ids of one request, as many as the live layer puts into one. */
const mostIds = 100
/** An id that no other page follows costs its network as much as so many requests. */
const unwatchedCost = 5
/** A response that waited longer than this, in milliseconds, is kept by no cache: caches count ages from when they got it. */
const cacheableMs = 500

const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export interface ShelfResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

interface ShelfRequest {
  /** The path and query: `/shelf?product_id=in.(…)`, or `variant_id`. */
  readonly address: string
  readonly ifNoneMatch: string | null
  /** The network that it is counted for; null for none. */
  readonly network: string | null
}

const shelf = createSharedShelf(async (keys) => {
  try {
    const ids = { product_id: idsOf('product_id', keys), variant_id: idsOf('variant_id', keys) }
    const { rows, heldBack } = await readShelf(ids)
    broadcastShelf(heldBack)
    return rows
  } catch (cause) {
    if (!isUnavailable(cause)) process.emitWarning(`The shelf could not be read: ${String(cause)}`)
    throw cause
  }
})

/**
 * Answers an open page that compares its stock with the database: the shelf rows as JSON, and in `shelf-age` how old they were
 * when the request arrived, in milliseconds: the statement that read them began so long before, or later. A browser asks again
 * every time, by ETag; shared caches may keep a response for one second and add `Age`. `shelf-by` says how the page follows
 * changes: `changes` of Postgres, or `broadcast` (decisions/0046).
 */
export async function answerShelf({ address, ifNoneMatch, network }: ShelfRequest): Promise<ShelfResponse> {
  const arrivedAt = performance.now()
  const keys = keysIn(address)
  if (!keys) return refusal(400)
  const retryAfter = network && spendShelfRequest(network, 1 + unwatchedCost * shelf.unwatched(keys))
  if (retryAfter) return refusal(429, retryAfter)
  try {
    const round = await shelf.roundOf(keys)
    const { body, etag } = contentOf(round, keys)
    const mayBeKept = performance.now() - arrivedAt < cacheableMs
    const headers = {
      'cache-control': mayBeKept ? 'public, max-age=0, s-maxage=1' : 'no-store',
      'content-type': 'application/json',
      etag,
      ...(isStockBroadcast() !== undefined && { 'shelf-by': isStockBroadcast() ? 'broadcast' : 'changes' }),
      'shelf-age': String(Math.ceil(Math.max(0, arrivedAt - round.beganAt))),
      'x-content-type-options': 'nosniff',
    }
    return ifNoneMatch === etag ? { status: 304, headers, body: null } : { status: 200, headers, body }
  } catch {
    return refusal(503, 1)
  }
}

function refusal(status: number, retryAfter?: number): ShelfResponse {
  const retry = retryAfter ? { 'retry-after': String(retryAfter) } : {}
  return { status, headers: { 'cache-control': 'no-store', ...retry }, body: null }
}

/** The keys of a request; null where it is not of the one accepted form. */
function keysIn(address: string): ShelfKey[] | null {
  const [[by, condition = ''] = [], ...others] = new URL(address, 'http://shop').searchParams
  if (others.length > 0 || (by !== 'product_id' && by !== 'variant_id')) return null
  const ids = /^in\.\((.*)\)$/.exec(condition)?.[1]?.split(',') ?? []
  const isBounded = ids.length > 0 && ids.length <= mostIds && ids.every((id) => isId.test(id))
  return isBounded ? ids.map((id) => `${by}=${id}` as const) : null
}

function idsOf(by: 'product_id' | 'variant_id', keys: readonly ShelfKey[]): string[] {
  return keys.filter((key) => key.startsWith(by)).map((key) => key.slice(by.length + 1))
}

interface Content {
  readonly body: string
  readonly etag: string
}

/** Responses of a round, written once for all pages that follow the same products. */
const written = new WeakMap<ShelfRound, Map<string, Content>>()
const mostWritten = 1_000

function contentOf(round: ShelfRound, keys: readonly ShelfKey[]): Content {
  const known = written.get(round) ?? new Map<string, Content>()
  written.set(round, known)
  const name = keys.join()
  const content = known.get(name) ?? write(round, keys)
  if (known.size < mostWritten) known.set(name, content)
  return content
}

function write(round: ShelfRound, keys: readonly ShelfKey[]): Content {
  const body = JSON.stringify(keys.flatMap((key) => round.rows.get(key) ?? []))
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  return { body, etag: `"${hash}"` }
}
