import { orderRefusalWords } from '@/components/shop/orders/refusal-words'
import { checkOutFrom } from '@/lib/server/checkout/check-out'
import { leaveFlash } from '@/lib/server/http/flash'
import { postedForm, seeOther } from '@/lib/server/http/posted-form'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { tryLater } from '@/lib/server/resilience/try-later'

/**
 * "Place the order" without JavaScript. Redirects to the order, or back to the form with the reason why there is none.
 */
export const POST = answeringUnavailable(async (request: Request): Promise<Response> => {
  const form = await postedForm(request)
  if (form instanceof Response) return form
  const checkedOut = await checkOutFrom(form)
  if (checkedOut.ok) return seeOther(checkedOut.data)
  const { refusal } = checkedOut.error
  const later = refusal && tryLater(refusal, orderRefusalWords(refusal))
  if (later) return later
  await leaveFlash(checkedOut.error, '/checkout')
  return seeOther('/checkout')
})
