import 'server-only'
import type { CartAnswer, PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { AddToCart } from '@/lib/domain/cart/cart-request'
import type { FormDefinition } from '@/lib/server/forms/define-form'
import { holdStock } from './carts'

/** "Add to cart" as an action, which a page in a browser sends with its own key. */
export const addToCartForm: FormDefinition<AddToCart, CartAnswer> = {
  least: 'anybody',
  schema: AddToCart,
  run: (request) => holdStock(request),
}

/** The same as a route, which a page sends before or without JavaScript: with the key that was rendered for everybody. */
export const postedAddToCart: FormDefinition<AddToCart, CartAnswer> = {
  ...addToCartForm,
  run: (request) => holdStock(request, 'shared key'),
  leave: lineRefusal,
}

/** Why a form of one line was refused, for the page that is shown next. */
export function lineRefusal(answer: CartAnswer, form: FormData): PostedRefusal | null {
  if (answer.ok) return null
  const asked = Number(form.get('instead') ?? form.get('by') ?? form.get('quantity') ?? 1)
  return { variant_id: String(form.get('variant_id')), asked, refusal: answer.error }
}
