import 'server-only'
import type { CartAnswer, PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { AddToCart } from '@/lib/domain/cart/cart-request'
import { invalidInput, type Refusal } from '@/lib/domain/core/refusal'
import { refused } from '@/lib/domain/core/result'
import { leaveFlash } from '@/lib/server/http/flash'
import { shopperDoor } from '@/lib/server/session/doors'
import { holdStock } from './carts'

/** Puts what a form asks for into the cart. */
export async function addToCartFrom(form: FormData): Promise<CartAnswer> {
  const door = shopperDoor(form)
  if (!door.ok) return door
  const request = AddToCart.safeParse(Object.fromEntries(form))
  return request.success ? holdStock(request.data) : refused(invalidInput(request.error))
}

/** Why a form of one line was refused, for the page that is shown next. */
export async function leaveRefusal(form: FormData, refusal: Refusal, page: string): Promise<void> {
  const said: PostedRefusal = {
    variant_id: String(form.get('variant_id')),
    asked: Number(form.get('instead') ?? form.get('by') ?? form.get('quantity') ?? 1),
    refusal,
  }
  await leaveFlash(said, page.split('?')[0])
}
