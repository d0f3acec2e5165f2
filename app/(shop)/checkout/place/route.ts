import { answeringUnavailable } from '@/lib/server/answering-unavailable'
import { checkOutFrom } from '@/lib/server/check-out'
import { leaveFlash } from '@/lib/server/flash'
import { postedForm, seeOther } from '@/lib/server/posted-form'

/** "Place the order" without JavaScript. Leads to the order, or back to the form with what stands in its way. */
export const POST = answeringUnavailable(async (request: Request): Promise<Response> => {
  const form = await postedForm(request)
  if (form instanceof Response) return form
  const checkedOut = await checkOutFrom(form)
  if (checkedOut.ok) return seeOther(checkedOut.data)
  await leaveFlash(checkedOut.error, '/checkout')
  return seeOther('/checkout')
})
