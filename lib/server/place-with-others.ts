import 'server-only'
import { z } from 'zod'
import type { OrderRequest } from '@/lib/domain/checkout'
import { PlaceAnswer, type PlacedOrder } from '@/lib/domain/order'
import { accepted, type Result, refused } from '@/lib/domain/result'
import { together } from '@/lib/domain/together'
import { refusalInCall, rowsOrThrow } from './refusals'
import { secretClient } from './supabase'

type GuestOrder = OrderRequest & { cart_token: string; order_token: string }

// Two calls at once: one prepares its orders while the other holds the variants both need.
const place = together<GuestOrder, PlaceAnswer>({
  send: async (requests) =>
    z
      .array(PlaceAnswer)
      .parse(
        rowsOrThrow(
          'place_orders',
          await secretClient().rpc('place_orders', { requests: requests.map((request) => ({ ...request })) }),
        ),
      ),
  apart: ({ cart_token }) => cart_token,
  atOnce: 2,
  most: 64,
})

/** Places a guest's order; in a rush in one call with others that wait (docs/decisions/0013). */
export async function placeWithOthers(request: GuestOrder): Promise<Result<PlacedOrder>> {
  const answer = await place(request)
  if ('order' in answer) return accepted(answer.order)
  return refused(refusalInCall('place_orders', answer.refused))
}
