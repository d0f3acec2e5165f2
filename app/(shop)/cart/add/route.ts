import { refusalWords } from '@/components/cart/words'
import { localPath } from '@/lib/domain/local-path'
import { addToCartFrom, leaveRefusal } from '@/lib/server/add-to-cart'
import { answeringUnavailable } from '@/lib/server/answering-unavailable'
import { postedForm, seeOther } from '@/lib/server/posted-form'
import { tryLater } from '@/lib/server/try-later'

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
