import 'server-only'
import { isUnavailable } from '@/lib/domain/core/unavailable'
import type { ShopFacts } from '@/lib/domain/machines/product-data'
import { returnPolicyOf } from '@/lib/domain/machines/return-data'
import { deliveryOffers } from '@/lib/server/checkout/quote'
import { siteUrl } from '@/lib/server/http/site-url'
import { currentShop } from '@/lib/server/settings/shop'

/** The facts that the shop says beside each product. Nothing is said of deliveries that cannot be read now. */
export async function shopFacts(): Promise<ShopFacts> {
  const [origin, shop, delivery] = await Promise.all([
    siteUrl(),
    currentShop(),
    deliveryOffers().catch((cause: unknown) => {
      if (isUnavailable(cause)) return null
      throw cause
    }),
  ])
  return { origin, country: shop.country, delivery, returns: returnPolicyOf(shop) }
}
