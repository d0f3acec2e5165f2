import { refusalWords } from '@/components/shop/cart/words'
import { formatMoney } from '@/lib/domain/core/money'
import type { Refusal } from '@/lib/domain/core/refusal'

/** A refusal to place or cancel an order, as it is said to a shopper. Product pages do not load these texts. */
export function orderRefusalWords(refusal: Refusal, currency = 'EUR'): string {
  switch (refusal.code) {
    case 'price_changed':
      return `The total is now ${formatMoney({ minor: refusal.detail.total_minor, currency })}: a price changed after your reservation expired. Check your order, then place it.`
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
