import { formatMoney } from '@/lib/domain/core/money'
import type { Refusal } from '@/lib/domain/core/refusal'
import { shopClock } from '@/lib/domain/core/shop-time'
import { stillPossible } from '@/lib/domain/forms/still-possible'

/** "1 piece", "3 pieces": how units are counted in front of a shopper. */
export function pieces(count: number): string {
  return count === 1 ? '1 piece' : `${count} pieces`
}

/** Said when nothing was heard of what was asked for. */
export const unansweredWords =
  'No answer came, so it is not certain whether it happened. Reload the page: it shows what is true.'

/**
 * A refusal as it is said to a shopper: what happened, why, and what can be done now.
 *
 * @param asked how many units were asked for in this gesture, beside those already in the cart.
 */
export function refusalWords(refusal: Refusal, { asked = 1, currency = 'EUR' } = {}): string {
  switch (refusal.code) {
    case 'not_enough_left':
      return refusal.detail.short.map((line) => shortWords(line, asked)).join(' ')
    case 'limit_reached':
      return limitWords(refusal.detail)
    case 'not_found':
    case 'not_for_sale':
      return 'This is not sold any more, so it cannot be ordered. Take it out of the cart to go on.'
    case 'price_changed':
      return `The total is ${formatMoney({ minor: refusal.detail.total_minor, currency })} now, because a hold had run out and the price changed meanwhile. Nothing was ordered: look at it again, then order.`
    case 'hold_limit':
      return holdLimitWords(refusal.detail)
    case 'hold_paused':
      return `You have reserved this for as long as possible. You can order it now, or reserve it again in ${waitWords(refusal.detail.retry_after_seconds)}.`
    case 'too_many_requests':
    case 'busy':
      return tryAgainWords(refusal.detail.retry_after_seconds)
    case 'proof_needed':
      return 'This order needs a check that takes a few seconds in your browser. Turn on JavaScript, or sign in to order without it.'
    case 'blocked':
      return 'The shop cannot take this request. Contact the shop if you think this is a mistake.'
    case 'cart_empty':
      return 'There is nothing in your cart any more, so nothing was ordered.'
    case 'idempotency_key_reused':
      return 'This form has already made an order, so nothing was ordered twice.'
    case 'order_not_open':
      return refusal.detail.status === 'cancelled'
        ? 'This order had been cancelled before.'
        : 'Part of this order has been handed over, so it cannot be cancelled here. Bring back what you do not want to keep.'
    case 'read_only':
      return 'The shop cannot save anything right now, so nothing was changed. Your cart is kept. Try again in a few minutes.'
    case 'invalid_input':
      return 'That is more than one order can take: 99 pieces of a thing at most. Nothing was changed.'
    default:
      return 'That did not work, and nothing was changed. Reload the page and try again.'
  }
}

/** How short one line is: what can still be had, and where the rest is. */
export function shortWords({ wanted, left }: { wanted: number; left: number | null }, asked: number): string {
  if (left === null) return 'There are not that many. Nothing was changed: ask for fewer.'
  const had = wanted - asked
  const possible = stillPossible({ wanted, left }, asked)
  if (possible > 0 && had > 0)
    return `Only ${possible} more can be had; ${had} of what is left is yours already.`
  if (possible > 0) return `Only ${possible === 1 ? 'one is' : `${possible} are`} left.`
  if (had > 0 && left > 0)
    return `There are no more: the last ${left === 1 ? 'one is' : `${left} are`} in your cart.`
  return 'The last one has just gone to somebody else.'
}

/** Said of a line that was held for as long as possible. */
export function pausedWords(until: string): string {
  return `You can order it now, or reserve it again from ${shopClock(until)}.`
}

/** Said when requests came too fast. */
export function tryAgainWords(seconds: number): string {
  return `Too many tries. Nothing was changed: wait ${waitWords(seconds)} and try again.`
}

function waitWords(seconds: number): string {
  if (seconds <= 5) return 'a few seconds'
  if (seconds <= 60) return 'a minute'
  return `${Math.ceil(seconds / 60)} minutes`
}

function holdLimitWords({ limit, at_most }: Extract<Refusal, { code: 'hold_limit' }>['detail']): string {
  switch (limit) {
    case 'cart_lines':
      return `A cart can have ${at_most} different products at most. Place this order first, then start another one.`
    case 'cart_units':
      return `A cart can have ${at_most} items at most. Place this order first, then start another one.`
    case 'network_units':
    case 'network_share':
      return 'That is more than can be reserved from your network at one time. Take fewer, or sign in.'
  }
}

function limitWords({ limit, bought }: { limit: number; bought: number }): string {
  const rule = `This is sold at ${pieces(limit)} per person.`
  return bought > 0 ? `${rule} You have ordered ${bought} before.` : `${rule} You have as many as that.`
}
