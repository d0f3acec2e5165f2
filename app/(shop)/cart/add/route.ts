import { refusalWords } from '@/components/shop/cart/words'
import { postedAddToCart } from '@/lib/server/cart/add-to-cart'
import { formRoute } from '@/lib/server/forms/form-route'

/** "Add to cart" without JavaScript. Leads back to its page, which says how it fared. */
export const POST = formRoute(postedAddToCart, refusalWords)
