import { currentCart } from '@/lib/server/cart/carts'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'

/** The cart of this browser's shopper, for pages that are the same for everybody; null where there is none. */
export const GET = answeringUnavailable(async (): Promise<Response> => {
  return Response.json(await currentCart(), { headers: { 'cache-control': 'private, no-store' } })
})
