import { refusalWords } from '@/components/shop/cart/words'
import { formatMoney } from '@/lib/domain/core/money'
import type { Refusal } from '@/lib/domain/core/refusal'

/** A refusal to place or cancel an order, as it is said to a shopper. Product pages do not load these texts. */
export function orderRefusalWords(refusal: Refusal, currency = 'EUR'): string {
  switch (refusal.code) {
    case 'price_changed':
      return `The total is now ${formatMoney({ minor: refusal.detail.total_minor, currency })}: a price or the delivery has changed. Check your order, then place it.`
    case 'discount_refused':
      return discountWords(refusal.detail, currency)
    case 'not_deliverable':
      return 'We don’t deliver to this address. Choose another address or collection.'
    case 'proof_needed':
      return 'Your browser must run a short check first. Turn on JavaScript, or sign in to place the order.'
    case 'cart_empty':
      return 'Your cart is empty, so no order was placed.'
    case 'idempotency_key_reused':
      return 'This order was already placed. You were not charged twice.'
    case 'order_not_open':
      return refusal.detail.status === 'cancelled'
        ? 'This order is already cancelled.'
        : 'Part of this order was already collected or sent, so it can’t be cancelled. You can return the items instead.'
    default:
      return refusalWords(refusal)
  }
}

type RefusedDiscount = Extract<Refusal, { code: 'discount_refused' }>['detail']

/** The reason why a code does not apply, and the next step. */
function discountWords({ code, reason, minimum_minor }: RefusedDiscount, currency: string): string {
  const minimum = formatMoney({ minor: minimum_minor ?? 0, currency })
  const reasons = {
    unknown: `There is no code ${code}. Check its spelling.`,
    ended: `Code ${code} has expired. Your total is unchanged. Try another code.`,
    not_started: `Code ${code} is not valid yet. Your total is unchanged.`,
    not_these_items: `Code ${code} is for other items. Your total is unchanged.`,
    minimum: `Code ${code} needs items for at least ${minimum}. Add items, or order without it.`,
    used_up: `Code ${code} was used up a moment ago. Remove the code to order without it.`,
    already_used: `You have used code ${code} before. Remove the code to order without it.`,
  }
  return reasons[reason]
}
