import { refusalWords } from '@/components/shop/cart/words'
import { localPath } from '@/lib/domain/core/local-path'
import { addToCartFrom, leaveRefusal } from '@/lib/server/cart/add-to-cart'
import { postedForm, seeOther } from '@/lib/server/http/posted-form'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { tryLater } from '@/lib/server/resilience/try-later'

/** "Add to cart" without JavaScript. Leads back to the page it was posted from, which says how it fared. */
export const POST = answeringUnavailable(async (request: Request): Promise<Response> => {
  const form = await postedForm(request)
  if (form instanceof Response) return form
  const page = localPath(form.get('page'), '/cart')
  const answer = await addToCartFrom(form)
  if (!answer.ok) {
    const later = tryLater(answer.error, refusalWords(answer.error))
    if (later) return later
    await leaveRefusal(form, answer.error, page)
  }
  return seeOther(page)
})
