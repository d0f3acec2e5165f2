import 'server-only'
import type { CartAnswer, PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { AddToCart } from '@/lib/domain/cart/cart-request'
import type { FormDefinition } from '@/lib/server/forms/define-form'
import { holdStock } from './carts'

/** "Add to cart", as an action and as a route. */
export const addToCartForm: FormDefinition<AddToCart, CartAnswer> = {
  least: 'anybody',
  schema: AddToCart,
  run: holdStock,
  leave: lineRefusal,
}

/** Why a form of one line was refused, for the page that is shown next. */
export function lineRefusal(answer: CartAnswer, form: FormData): PostedRefusal | null {
  if (answer.ok) return null
  const asked = Number(form.get('instead') ?? form.get('by') ?? form.get('quantity') ?? 1)
  return { variant_id: String(form.get('variant_id')), asked, refusal: answer.error }
}
