import type { Cart } from '@/lib/domain/cart/cart'
import { type CheckoutField, delivered } from './checkout-fields'
import type { Quote, QuotedDelivery } from './totals'

// Separate from its schema, so that no page ships that.

/** The total of a cart without a discount that is collected, or whose delivery has no price. */
export function quoteOfCart({ total_minor, tax_minor, currency }: Cart): Quote {
  return {
    subtotal_minor: total_minor,
    discount_minor: 0,
    delivery_minor: 0,
    total_minor,
    tax_minor,
    taxes: [],
    currency,
    is_deliverable: true,
    estimate: null,
    discount: null,
  }
}

/** The delivery that a checkout form asks for, as far as the total depends on it. */
export function quotedDelivery({
  handover,
  country = '',
  postcode = '',
}: Partial<Record<CheckoutField, string>>): QuotedDelivery {
  return handover === delivered
    ? { method: 'delivery', country, postcode }
    : { method: 'collection', country: '', postcode: '' }
}

/** Whether the total may differ from that of the cart. `isPriced`: deliveries have prices. */
export function needsQuote(cart: Cart, { method }: QuotedDelivery, isPriced: boolean): boolean {
  return cart.has_discount || (method === 'delivery' && (isPriced || cart.is_taxed_by_country))
}

/** A delivery as the query of its total. */
export function quoteQuery(delivery: QuotedDelivery): string {
  return new URLSearchParams(delivery).toString()
}
