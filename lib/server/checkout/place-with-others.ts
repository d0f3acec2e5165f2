import 'server-only'
import { z } from 'zod'
import type { OrderRequest } from '@/lib/domain/checkout/checkout'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { together } from '@/lib/domain/core/together'
import { PlaceAnswer, type PlacedOrder } from '@/lib/domain/orders/order'
import { outcome, refusalInCall } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { dataOrBatchRefused, servedOrRefused } from '@/lib/server/platform/with-others'

type GuestOrder = OrderRequest & { cart_token: string; order_token: string; network?: string }

// Two calls at once: one prepares its orders while the other holds the variants both need.
const place = together<GuestOrder, PlaceAnswer>({
  send: async (requests) =>
    z.array(PlaceAnswer).parse(
      dataOrBatchRefused(
        outcome(
          'place_orders',
          await secretClient().rpc('place_orders', {
            requests: requests.map((request) => ({ ...request })),
          }),
        ),
      ),
    ),
  apart: ({ cart_token }) => cart_token,
  atOnce: 2,
  most: 64,
})

/** Places a guest's order; in a rush in one call with others that wait (docs/decisions/0013). */
export async function placeWithOthers(request: GuestOrder): Promise<Result<PlacedOrder>> {
  const served = await servedOrRefused(place(request))
  if (!served.ok) return served
  const answer = served.data
  if ('order' in answer) return accepted(answer.order)
  return refused(refusalInCall('place_orders', answer.refused))
}
