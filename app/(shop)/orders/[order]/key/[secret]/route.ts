import { z } from 'zod'
import { refusalWords } from '@/components/shop/cart/words'
import { takeTurn } from '@/lib/server/network/limits'
import { readOrder } from '@/lib/server/orders/orders'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { tryLater } from '@/lib/server/resilience/try-later'
import { keepOrderToken } from '@/lib/server/session/guest-secrets'

/**
 * The secret link of an order: takes the secret out of the address into a cookie for that order's pages alone, and
 * leads there; next.config.ts keeps it out of the Referer. So it is in no history entry of the order's page and in no
 * analytics of ours.
 */
export const GET = answeringUnavailable(
  async (_request: Request, { params }: RouteContext<'/orders/[order]/key/[secret]'>) => {
    const { order, secret } = await params
    const turn = await takeTurn('link')
    const later = turn.ok ? null : tryLater(turn.error, refusalWords(turn.error))
    if (later) return later
    if (!z.guid().safeParse(order).success || !(await readOrder(order, secret)))
      return new Response(null, { status: 404, headers: { 'cache-control': 'private, no-store' } })
    await keepOrderToken(order, secret)
    return new Response(null, {
      status: 303,
      headers: {
        location: `/orders/${order}`,
        'cache-control': 'private, no-store',
      },
    })
  },
)
