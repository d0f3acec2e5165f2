import 'server-only'
import type { OrderedAgain } from '@/lib/domain/cart/cart-answer'
import type { AddToCart } from '@/lib/domain/cart/cart-request'
import type { Result } from '@/lib/domain/core/result'
import { stillPossible } from '@/lib/domain/forms/still-possible'
import type { Order } from '@/lib/domain/orders/order'
import { nameOf } from '@/lib/domain/products/variant-name'
import { keyFor } from '@/lib/server/platform/key-for'
import { holdStock } from './carts'

/** As many as a cart has lines. */
const mostLines = 50
const mostNamed = 10
const mostUnits = 99

/**
 * Holds what an order had, line by line, as far as it is left. A line that is short gets what there is; one that is refused
 * for another reason gets nothing. A caller who is refused ends it.
 *
 * @param key the form's: sent twice, it puts nothing into the cart twice.
 */
export async function holdAgain(
  { items }: Pick<Order, 'items'>,
  key: string,
  hold: Hold = holdStock,
): Promise<OrderedAgain> {
  const fewer: OrderedAgain['fewer'] = []
  let [added, stopped] = [0, false]
  for (const item of items.slice(0, mostLines)) {
    const { variant_id, quantity } = item
    const got = await holdUpTo(Math.min(quantity, mostUnits), (units) =>
      hold({ variant_id, quantity: units, idempotency_key: keyFor(`${key} ${variant_id} ${units}`) }),
    )
    stopped = got === null
    if (got === null) break
    added += got
    if (got < quantity) fewer.push({ title: nameOf(item).slice(0, 80), wanted: quantity, got })
  }
  const hasMore = fewer.length > mostNamed || items.length > mostLines
  return { added, fewer: fewer.slice(0, mostNamed), hasMore, stopped }
}

type Hold = (asked: AddToCart) => Promise<Result<unknown>>

/** Resolves with the units that were added; null where the caller was refused. */
async function holdUpTo(
  quantity: number,
  hold: (units: number) => Promise<Result<unknown>>,
): Promise<number | null> {
  const first = await hold(quantity)
  // A browser without a cart was offered its secret just now. It sent the one of the order, so it keeps cookies.
  const held = !first.ok && first.error.code === 'cookies_blocked' ? await hold(quantity) : first
  if (held.ok) return quantity
  const { error } = held
  if (callerCodes.has(error.code)) return null
  const [line] = error.code === 'not_enough_left' ? error.detail.short : []
  const left = line ? stillPossible(line, quantity) : 0
  return left > 0 && (await hold(left)).ok ? left : 0
}

const callerCodes: ReadonlySet<string> = new Set(['cookies_blocked', 'too_many_requests', 'blocked'])
