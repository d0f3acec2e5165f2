import 'server-only'
import type { DeliveryOffer } from '@/lib/domain/checkout/delivery-offer'
import { Quote, type QuotedDelivery } from '@/lib/domain/checkout/totals'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { clientNetwork } from '@/lib/server/network/client-network'
import { outcome } from '@/lib/server/platform/refusals'
import { readDeliveryOffers } from '@/lib/server/products/catalog-reads'
import { lastKnown } from '@/lib/server/resilience/last-known'
import { currentShopper } from '@/lib/server/session/shopper'

/** The total that an order of this shopper's cart would have; null without a cart. */
export async function quoteOrder({ method, ...address }: QuotedDelivery): Promise<Quote | null> {
  const shopper = await currentShopper()
  if (!shopper) return null
  const delivery = method === 'delivery' ? { method, address: { ...address } } : { method }
  const quoted = outcome('quote_cart', await shopper.client.rpc('quote_cart', { delivery, ...shopper.cart }))
  if (quoted.ok) return Quote.parse(quoted.data)
  if (quoted.error.code === 'signed_out') return null
  throw new Error(`quote_cart: ${quoted.error.code}`)
}

/** Gives this shopper's cart the discount with a code. Every try counts for the rate of the shopper. */
export async function applyDiscount(code: string): Promise<Result<unknown>> {
  const shopper = await currentShopper()
  if (!shopper) return refused({ code: 'cart_empty', detail: {} })
  const network = shopper.cart.cart_token ? await clientNetwork() : null
  return outcome(
    'apply_discount',
    await shopper.client.rpc('apply_discount', { code, ...shopper.cart, ...(network && { network }) }),
  )
}

/** Takes the code out of this shopper's cart. */
export async function removeDiscount(): Promise<Result<unknown>> {
  const shopper = await currentShopper()
  if (!shopper) return accepted(null)
  return outcome('remove_discount', await shopper.client.rpc('remove_discount', shopper.cart))
}

/** Where the shop delivers, and for how much; none: everywhere, free of charge. */
export async function deliveryOffers(): Promise<DeliveryOffer[]> {
  return lastKnown('delivery offers', readDeliveryOffers)
}

/** The countries that the shop delivers to, by their two letters; null for all, free of charge. */
export async function deliveryCountries(): Promise<string[] | null> {
  const offers = await deliveryOffers()
  return offers.length > 0 ? [...new Set(offers.flatMap(({ countries }) => countries))] : null
}
