import 'server-only'
import { siteUrl } from '@/lib/server/http/site-url'
import { orderToken } from '@/lib/server/session/guest-secrets'

/** The secret address of an order this browser may see, to be kept or sent on; null when it may not see it. */
export async function orderLink(orderId: string): Promise<string | null> {
  const token = await orderToken(orderId)
  return token && new URL(`/orders/${orderId}/key/${token}`, await siteUrl()).href
}
