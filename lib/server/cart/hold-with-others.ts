import 'server-only'
import { z } from 'zod'
import type { Cart } from '@/lib/domain/cart/cart'
import { HoldAnswer } from '@/lib/domain/cart/cart-answer'
import type { AddToCart } from '@/lib/domain/cart/cart-request'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { together } from '@/lib/domain/core/together'
import { outcome, refusalInCall } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { dataOrBatchRefused, servedOrRefused } from '@/lib/server/platform/with-others'

type GuestHold = AddToCart & { cart_token: string; network?: string }
const hold = together<GuestHold, HoldAnswer>({
  send: async (requests) =>
    z
      .array(HoldAnswer)
      .parse(
        dataOrBatchRefused(outcome('hold_stocks', await secretClient().rpc('hold_stocks', { requests }))),
      ),
  apart: ({ cart_token }) => cart_token,
  lane: ({ variant_id }) => variant_id,
  atOnce: 2,
  most: 64,
})

/** Holds units for a guest; in a rush in one call with others that wait (docs/decisions/0013). */
export async function holdWithOthers(request: GuestHold): Promise<Result<Cart>> {
  const served = await servedOrRefused(hold(request))
  if (!served.ok) return served
  const answer = served.data
  if ('cart' in answer) return accepted(answer.cart)
  return refused(refusalInCall('hold_stocks', answer.refused))
}
