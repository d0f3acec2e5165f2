import { z } from 'zod'
import { unitsInCart } from '@/lib/server/cart/carts'

/**
 * How many units are in the cart with this id, for an open page that compares itself: a list of one {cart_id, units,
 * version}, or of none. The id is the secret: it is random, told to its shopper alone, and opens nothing but the count.
 */
export async function GET(request: Request): Promise<Response> {
  const cart = z.guid().safeParse(new URL(request.url).searchParams.get('cart'))
  if (!cart.success) return new Response(null, { status: 400 })
  return Response.json(await unitsInCart(cart.data), { headers: { 'cache-control': 'private, no-store' } })
}
