import type { Refusal } from '@/lib/domain/core/refusal'
import { stillPossible } from '@/lib/domain/forms/still-possible'
import { plural } from '@/lib/domain/text/plural'

/** "1 item", "3 items": how units are counted in front of a shopper. */
export function items(count: number): string {
  return plural(count, 'item')
}

const unanswered = 'We couldn’t confirm this change. Reload the page to check.'

/** Shown when a request got no response, or was never sent. */
export const unansweredWords = (isUnsent: boolean) =>
  isUnsent ? 'You are offline, so nothing was changed. Try again when you are online.' : unanswered

/**
 * A refusal as it is said to a shopper: what happened, why, and what can be done now.
 *
 * @param asked the units of this request, beside those already in the cart.
 */
export function refusalWords(refusal: Refusal, { asked = 1 } = {}): string {
  switch (refusal.code) {
    case 'not_enough_left':
      return refusal.detail.short.map((line) => shortWords(line, asked)).join(' ')
    case 'limit_reached':
      return limitWords(refusal.detail)
    case 'not_found':
    case 'not_for_sale':
      return 'This product is no longer for sale. Remove it from your cart to continue.'
    case 'hold_limit':
      return holdLimitWords(refusal.detail)
    case 'hold_paused':
      return `You have reached the longest reservation. You can order it now, or reserve it again in ${waitWords(refusal.detail.retry_after_seconds)}.`
    case 'too_many_requests':
    case 'busy':
      return tryAgainWords(refusal.detail.retry_after_seconds)
    case 'blocked':
      return 'We can’t accept this request. Contact the shop if this is a mistake.'
    case 'cookies_blocked':
      return 'Your browser blocks cookies, so nothing was added to your cart. Allow cookies and try again.'
    case 'read_only':
      return 'We can’t save changes right now. Your cart is unchanged. Try again in a few minutes.'
    case 'invalid_input':
      return 'You can order at most 99 of one product. Choose a smaller quantity.'
    default:
      return 'Something went wrong and nothing was changed. Reload the page and try again.'
  }
}

/** How short one line is: what can still be had, and where the rest is. */
export function shortWords({ wanted, left }: { wanted: number; left: number | null }, asked: number): string {
  if (left === null) return 'Not enough in stock. Choose a smaller quantity.'
  const had = wanted - asked
  const possible = stillPossible({ wanted, left }, asked)
  if (possible > 0 && had > 0) return `Only ${possible} more in stock. You already have ${had} in your cart.`
  if (possible > 0) return `Only ${possible} in stock.`
  if (had > 0 && left > 0)
    return `No more in stock. You have the last ${left === 1 ? 'one' : left} in your cart.`
  return 'Someone else just bought the last one.'
}

/** Said when requests came too fast. */
export function tryAgainWords(seconds: number): string {
  return `Too many requests, so nothing was changed. Wait ${waitWords(seconds)} and try again.`
}

function waitWords(seconds: number): string {
  if (seconds <= 5) return 'a few seconds'
  if (seconds <= 60) return 'a minute'
  return `${Math.ceil(seconds / 60)} minutes`
}

function holdLimitWords({ limit, at_most }: Extract<Refusal, { code: 'hold_limit' }>['detail']): string {
  switch (limit) {
    case 'cart_lines':
      return `A cart can hold at most ${at_most} different products. Place this order, then start another.`
    case 'cart_units':
      return `A cart can hold at most ${at_most} items. Place this order, then start another.`
    case 'network_units':
    case 'network_share':
    case 'agent_units':
      return 'Your network has reached its limit of reserved items. Choose fewer, or sign in.'
  }
}

function limitWords({ limit, bought }: { limit: number; bought: number }): string {
  const rule = `Limited to ${items(limit)} per person.`
  return bought > 0
    ? `${rule} You have already ordered ${bought}.`
    : `${rule} Your cart already has that many.`
}

/** The texts of add-to-cart-answer.tsx. */
export const addToCartAnswerWords = {
  addingToYourCart: 'Adding to your cart …',
  inYourCart: 'in your cart.',
  viewCart: 'View cart',
  addTheLastOne: 'Add the last one',
  addInstead: (possible: string | number) => `Add ${possible} instead`,
  stillInStock: 'Still in stock:',
  and: ' and ',
}

/** The texts of add-to-cart.tsx. */
export const addToCartWords = {
  quantity: 'Quantity',
  soldOut: 'Sold out',
  addToCart: 'Add to cart',
  join: 'Join waitlist',
}

/** The texts of cart-link.tsx. */
export const cartLinkWords = {
  cart: 'Cart',
  item: ' item',
  items: ' items',
}

/** The texts of carts-joined.tsx. */
export const cartsJoinedWords = {
  weCombinedYourTwoCarts: 'We combined your two carts.',
  youWantedAndWeCould: (name: string | number, wanted: string | number, quantity: string | number) =>
    `${name}: you wanted ${wanted}, and we could reserve ${quantity}.`,
  oneProductWasLeftOut: 'One product was left out because you have reached its limit per person.',
}

/** The texts of empty-cart.tsx. */
export const emptyCartWords = {
  yourCartIsEmpty: 'Your cart is empty.',
  itemsInYourCartAre: 'Items in your cart are reserved for you for a limited time.',
  browseProducts: 'Browse products',
  viewYourLastOrder: 'View your last order',
}

/** The texts of ordered-again.tsx. */
export const orderedAgainWords = {
  all: 'Everything you ordered then is in your cart, at today’s prices.',
  some: 'Some of what you ordered then is in your cart, at today’s prices.',
  none: 'None of those items can be ordered now. Your cart is unchanged.',
  fewer: (title: string, wanted: number, got: number) =>
    got === 0
      ? `${title} is not available now.`
      : `${title}: you ordered ${wanted}, and ${got} could be added.`,
  stopped:
    'Some items were not added, because there were too many requests. Wait a minute, then order again.',
  more: 'There are more items that could not be added.',
}

/** The texts of take-over.tsx. */
export const takeOverWords = {
  title: 'Continue with your cart',
  what: 'A shopping agent reserved these items for you. Take over the cart to check it and place the order yourself. The agent can no longer change it.',
  replaces: 'A guest’s cart in this browser is replaced. If you are signed in, the items are added to yours.',
  takeOver: 'Take over the cart',
  ended:
    'This link no longer works: the cart was taken over, or it has ended. Look in your cart, or ask the agent again.',
}
