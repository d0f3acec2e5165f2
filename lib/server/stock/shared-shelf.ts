import 'server-only'
import { Overloaded } from '@/lib/domain/core/together'
import type { ShelfRow } from '@/lib/domain/stock/shelf'

/** Statements begin at least this far apart, in milliseconds: fewer than three a second, however many pages ask. */
export const roundMs = 400
/** An id is read along until no page has asked for it for this long, in milliseconds. */
const keptMs = 5_000
/** Ids of one statement. */
const mostIds = 5_000
/** Requests that may wait for a statement. */
const mostWaiting = 20_000

/** A product or a variant of the shelf, as `product_id=…` or `variant_id=…`. */
export type ShelfKey = `${'product_id' | 'variant_id'}=${string}`

/** The result of one statement. */
export interface ShelfRound {
  /** When the statement began, in milliseconds of this process. The rows are at least as new. */
  readonly beganAt: number
  /** The rows of every key that was read; none for a product or variant that does not exist. */
  readonly rows: ReadonlyMap<ShelfKey, readonly ShelfRow[]>
}

/**
 * The shelf, read once for all visitors of this server. A request is answered from the last statement if that began a moment
 * ago and read its ids; otherwise it waits for the next one, which reads everything that was asked for in the last seconds. One
 * statement is in progress at a time, and none while nobody asks. A failed statement fails its waiting requests: no answer
 * is ever older than its round says.
 */
export function createSharedShelf(
  read: (keys: readonly ShelfKey[]) => Promise<readonly ShelfRow[]>,
  now: () => number = () => performance.now(),
) {
  /** When each key was last asked for. */
  const askedAt = new Map<ShelfKey, number>()
  let last: ShelfRound | null = null
  let current: { readonly keys: ReadonlySet<ShelfKey>; readonly round: Promise<ShelfRound> } | null = null
  let next: Promise<ShelfRound> | null = null
  let nextAt = Number.NEGATIVE_INFINITY
  let waiting = 0

  function keep(keys: readonly ShelfKey[]): void {
    if (askedAt.size + unwatched(keys) > mostIds) forget()
    if (askedAt.size + unwatched(keys) > mostIds) throw new Overloaded(`${askedAt.size} ids are read already`)
    for (const key of keys) askedAt.set(key, now())
  }

  function forget(): void {
    for (const [key, at] of askedAt) if (now() - at > keptMs) askedAt.delete(key)
  }

  function unwatched(keys: readonly ShelfKey[]): number {
    return keys.filter((key) => !askedAt.has(key)).length
  }

  async function begin(): Promise<ShelfRound> {
    await current?.round.catch(() => null)
    await new Promise((begun) => setTimeout(begun, Math.max(0, nextAt - now())))
    forget()
    const keys = [...askedAt.keys()]
    const beganAt = now()
    nextAt = beganAt + roundMs
    const round = read(keys).then((rows) => ({ beganAt, rows: byKey(keys, rows) }))
    current = { keys: new Set(keys), round }
    next = null
    try {
      last = await round
      return last
    } finally {
      current = null
    }
  }

  function roundWith(keys: readonly ShelfKey[]): ShelfRound | Promise<ShelfRound> {
    const [done, reading] = [last, current]
    if (done && now() - done.beganAt < roundMs && keys.every((key) => done.rows.has(key))) return done
    if (reading && keys.every((key) => reading.keys.has(key))) return reading.round
    next ??= begin()
    return next
  }

  return {
    /** How many of these keys no page has asked for lately. */
    unwatched,

    /** The round with these keys. Rejects with `Overloaded`, or as the statement did. */
    async roundOf(keys: readonly ShelfKey[]): Promise<ShelfRound> {
      if (waiting >= mostWaiting) throw new Overloaded(`${waiting} requests wait already`)
      keep(keys)
      waiting += 1
      try {
        const round = await roundWith(keys)
        // One that waited so long that its ids were forgotten was not read for.
        if (!keys.every((key) => round.rows.has(key))) throw new Overloaded('the ids were not read in time')
        return round
      } finally {
        waiting -= 1
      }
    },
  }
}

function byKey(keys: readonly ShelfKey[], rows: readonly ShelfRow[]): ShelfRound['rows'] {
  const found = new Map<ShelfKey, ShelfRow[]>(keys.map((key) => [key, []]))
  for (const row of rows) {
    found.get(`product_id=${row.product_id}`)?.push(row)
    found.get(`variant_id=${row.variant_id}`)?.push(row)
  }
  return found
}
