import 'server-only'
import { orderToken } from './guest-secrets'
import { siteUrl } from './site-url'

/** The secret address of an order this browser may see, to be kept or sent on; null when it may not see it. */
export async function orderLink(orderId: string): Promise<string | null> {
  const token = await orderToken(orderId)
  return token && new URL(`/orders/${orderId}/key/${token}`, await siteUrl()).href
}
