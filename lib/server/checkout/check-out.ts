import 'server-only'
import type { z } from 'zod'
import { MendLine } from '@/lib/domain/cart/cart-request'
import { codeIn, fieldNamed, orderIn, typedIn } from '@/lib/domain/checkout/checkout'
import type { CheckoutAnswer } from '@/lib/domain/checkout/checkout-answer'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { extendHold, mendLine } from '@/lib/server/cart/carts'
import { lastOrder, placeOrder } from '@/lib/server/orders/orders'
import { onlineProvider } from '@/lib/server/platform/env'
import { keyFor } from '@/lib/server/platform/key-for'
import { admitShopper } from '@/lib/server/session/admit'
import { cartToken } from '@/lib/server/session/guest-secrets'
import { challengeFor, isProved } from './proof'
import { applyDiscount, removeDiscount } from './quote'

type CheckedOut = Result<string, CheckoutAnswer>

/** Places the order in a checkout form. Returns the order's page, or the reason why the order cannot be placed. */
export async function checkOutFrom(form: FormData): Promise<CheckedOut> {
  const admitted = admitShopper(form)
  if (!admitted.ok)
    return refused({
      problems: {},
      refusal: admitted.error,
      lastOrder: null,
      challenge: null,
      isQuoted: false,
      typed: typedIn(new FormData()),
    })
  const mending = MendLine.safeParse(Object.fromEntries(form))
  if (mending.success) return mend(form, mending.data)
  const discounted = await discountIn(form)
  if (discounted) return answer(form, discounted.ok ? { isQuoted: true } : { refusal: discounted.error })
  if (form.has('quote')) return answer(form, { isQuoted: true })
  const request = orderIn(form, onlineProvider())
  if (!request.ok) {
    await extendHold()
    return answer(form, { problems: request.error })
  }
  const cart = await cartToken()
  const placed = await placeOrder({ ...request.data, ...proofIn(form, cart) })
  if (placed.ok) {
    const page = `/orders/${placed.data.order_id}`
    return accepted(placed.data.status === 'awaiting_payment' ? `${page}/pay` : page)
  }
  if (placed.error.code === 'invalid_input') {
    const field = fieldNamed(placed.error.detail.field)
    if (field) return answer(form, { problems: { [field]: 'missing' } })
  }
  return answer(form, {
    refusal: placed.error,
    lastOrder: await lastOrder(),
    challenge:
      cart && placed.error.code === 'proof_needed'
        ? challengeFor(orderOf(form, cart), placed.error.detail.bits, Date.now())
        : null,
  })
}

/** Does what the form asks about the discount; null for nothing. A code that was typed is never ignored. */
async function discountIn(form: FormData): Promise<Result<unknown> | null> {
  if (form.get('discount') === 'remove') return removeDiscount()
  const code = codeIn(form)
  return code === '' ? null : applyDiscount(code)
}

const orderOf = (form: FormData, cart: string) => ({
  cart,
  idempotencyKey: String(form.get('idempotency_key')).toLowerCase(),
})

/** That the browser has done the work this order was asked for, once it is checked. */
function proofIn(form: FormData, cart: string | null): { proof?: true } {
  const [challenge, nonce] = [form.get('proof_challenge'), form.get('proof_nonce')]
  if (!cart || typeof challenge !== 'string' || challenge === '') return {}
  return isProved(orderOf(form, cart), { challenge, nonce: Number(nonce) }, Date.now()) ? { proof: true } : {}
}

/** Corrects a line that blocks the order. Its key is derived from the form's key, which is the order's. */
async function mend(
  form: FormData,
  { repair, idempotency_key }: z.infer<typeof MendLine>,
): Promise<CheckedOut> {
  const mended = await mendLine(repair, keyFor(`${idempotency_key} ${String(form.get('repair'))}`))
  return answer(form, mended.ok ? {} : { refusal: mended.error })
}

function answer(form: FormData, why: Partial<CheckoutAnswer>): CheckedOut {
  return refused({
    problems: {},
    refusal: null,
    lastOrder: null,
    challenge: null,
    isQuoted: false,
    typed: typedIn(form),
    ...why,
  })
}
