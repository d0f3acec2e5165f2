import 'server-only'
import type { z } from 'zod'
import { MendLine } from '@/lib/domain/cart-request'
import { fieldNamed, orderIn, typedIn } from '@/lib/domain/checkout'
import type { CheckoutAnswer } from '@/lib/domain/checkout-answer'
import { accepted, type Result, refused } from '@/lib/domain/result'
import { extendHold, mendLine } from './carts'
import { offersSandbox } from './env'
import { cartToken } from './guest-secrets'
import { keyFor } from './key-for'
import { takeTurn } from './limits'
import { lastOrder, placeOrder } from './orders'

type CheckedOut = Result<string, CheckoutAnswer>

/** Places the order in a checkout form: the page it leads to, or what stands in its way. */
export async function checkOutFrom(form: FormData): Promise<CheckedOut> {
  const mending = MendLine.safeParse(Object.fromEntries(form))
  if (mending.success) return mend(form, mending.data)
  const request = orderIn(form, offersSandbox())
  if (!request.ok) {
    await extendHold()
    return answer(form, { problems: request.error })
  }
  const turn = await takeTurn('checkout', await cartToken())
  const placed = turn.ok ? await placeOrder(request.data) : turn
  if (placed.ok) {
    const page = `/orders/${placed.data.order_id}`
    return accepted(placed.data.status === 'awaiting_payment' ? `${page}/pay` : page)
  }
  if (placed.error.code === 'invalid_input') {
    const field = fieldNamed(placed.error.detail.field)
    if (field) return answer(form, { problems: { [field]: 'missing' } })
  }
  return answer(form, { refusal: placed.error, lastOrder: await lastOrder() })
}

/** Puts a line right that stood in the order's way. Its key follows from the form's own, which is the order's. */
async function mend(
  form: FormData,
  { repair, idempotency_key }: z.infer<typeof MendLine>,
): Promise<CheckedOut> {
  const mended = await mendLine(repair, keyFor(`${idempotency_key} ${String(form.get('repair'))}`))
  return answer(form, mended.ok ? {} : { refusal: mended.error })
}

function answer(form: FormData, why: Partial<CheckoutAnswer>): CheckedOut {
  return refused({ problems: {}, refusal: null, lastOrder: null, typed: typedIn(form), ...why })
}
