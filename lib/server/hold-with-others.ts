import 'server-only'
import { z } from 'zod'
import type { Cart } from '@/lib/domain/cart'
import { HoldAnswer } from '@/lib/domain/cart-answer'
import type { AddToCart } from '@/lib/domain/cart-request'
import { refusalIn } from '@/lib/domain/refusal'
import { accepted, type Result, refused } from '@/lib/domain/result'
import { together } from '@/lib/domain/together'
import { refusalInCall, rowsOrThrow } from './refusals'
import { secretClient } from './supabase'

type GuestHold = AddToCart & { cart_token: string; network?: string }
interface Queue {
  hold: (request: GuestHold) => Promise<HoldAnswer>
  waiting: number
}

/** Those who want the same variant go together; nobody waits for a lock on one that others want. */
const queues = new Map<string, Queue>()

const newQueue = (): Queue => ({
  hold: together<GuestHold, HoldAnswer>({ send, apart: ({ cart_token }) => cart_token, atOnce: 2, most: 64 }),
  waiting: 0,
})

async function send(requests: GuestHold[]): Promise<HoldAnswer[]> {
  const answer = await secretClient().rpc('hold_stocks', { requests })
  const refusal = answer.error && refusalIn(answer.error)
  // The variant is locked: it would be for each of them alone, too.
  if (refusal?.code === 'busy')
    return requests.map(() => ({ refused: { status: 503, code: 'busy', detail: refusal.detail, hint: '' } }))
  return z.array(HoldAnswer).parse(rowsOrThrow('hold_stocks', answer))
}

/** Holds units for a guest; in a rush in one call with others that wait (docs/decisions/0013). */
export async function holdWithOthers(request: GuestHold): Promise<Result<Cart>> {
  const queue = queues.get(request.variant_id) ?? newQueue()
  queues.set(request.variant_id, queue)
  queue.waiting += 1
  try {
    const answer = await queue.hold(request)
    if ('cart' in answer) return accepted(answer.cart)
    return refused(refusalInCall('hold_stocks', answer.refused))
  } finally {
    queue.waiting -= 1
    if (queue.waiting === 0) queues.delete(request.variant_id)
  }
}
