import { z } from 'zod'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { type Address, type OnlineProvider, PaymentProvider } from '@/lib/domain/orders/order'
import { isEmail } from '@/lib/domain/text/email'
import { type CheckoutField, type CheckoutProblems, checkoutFields, delivered } from './checkout-fields'
import { isPostcode } from './postcode'

/** An order as place_order takes it, but for the secrets, which the server adds. */
export interface OrderRequest {
  contact: { name: string; email: string }
  delivery: { method: 'collection'; location_id: string } | { method: 'delivery'; address: Address }
  payment: PaymentProvider
  idempotency_key: string
  expected_total_minor: number
  /** The shopper's network, and whether a proof of work was checked: set by the shop's server alone. */
  network?: string
  proof?: true
}

/** Fields that the page fills in; a shopper cannot get these wrong. */
const Hidden = z.object({ idempotency_key: z.guid(), expected_total_minor: z.coerce.number().int() })

const longest = { name: 120, email: 254, line1: 200, postcode: 20, city: 200, country: 2 } as const

/**
 * The order in a checkout form, or every invalid field. Address fields count only for a delivery, which is paid online.
 * Throws when the hidden fields were tampered with.
 */
export function orderIn(
  form: FormData,
  online: OnlineProvider | null,
): Result<OrderRequest, CheckoutProblems> {
  const typed = typedIn(form)
  const { handover } = typed
  const isDelivered = handover === delivered
  // Payment at the counter requires collection: a delivery is paid online, whatever was chosen before.
  const payment = PaymentProvider.safeParse(isDelivered ? online : typed.payment)
  const isPayable = payment.success && (payment.data === online || payment.data === 'on_collection')
  const problems: CheckoutProblems = {
    ...(handover === '' && { handover: 'missing' }),
    ...textProblems(
      typed,
      isDelivered ? ['name', 'email', 'line1', 'postcode', 'city', 'country'] : ['name', 'email'],
    ),
    ...(!isPayable && { [isDelivered ? 'handover' : 'payment']: 'missing' }),
  }
  if (!payment.success || Object.keys(problems).length > 0) return refused(problems)
  const { name, email, line1, postcode, city, country } = typed
  return accepted({
    contact: { name, email },
    delivery: isDelivered
      ? { method: 'delivery', address: { line1, postcode, city, country } }
      : { method: 'collection', location_id: handover },
    payment: payment.data,
    ...Hidden.parse(Object.fromEntries(form)),
  })
}

/** The shopper's input, to be shown again. */
export function typedIn(form: FormData): Record<CheckoutField, string> {
  const text = (field: CheckoutField) => String(form.get(field) ?? '').trim()
  return {
    handover: text('handover'),
    name: text('name'),
    email: text('email'),
    line1: text('line1'),
    postcode: text('postcode'),
    city: text('city'),
    country: text('country'),
    payment: text('payment'),
  }
}

/** The field of the form that SQL means by `delivery.address.city`. */
export function fieldNamed(path: string): CheckoutField | undefined {
  const last = path === 'delivery.location_id' ? 'handover' : path.split('.').at(-1)
  return checkoutFields.find((field) => field === last)
}

function isMalformed(field: keyof typeof longest, typed: Record<CheckoutField, string>): boolean {
  if (field === 'email') return !isEmail(typed.email)
  if (field === 'postcode') return !isPostcode(typed.postcode, typed.country)
  // A street, a town and a name are written with letters of some script.
  return (field === 'city' || field === 'name' || field === 'line1') && !/\p{L}/u.test(typed[field])
}

function textProblems(
  typed: Record<CheckoutField, string>,
  needed: readonly (keyof typeof longest)[],
): CheckoutProblems {
  const problems: CheckoutProblems = {}
  for (const field of needed) {
    if (typed[field] === '') problems[field] = 'missing'
    else if (typed[field].length > longest[field]) problems[field] = 'too_long'
    else if (isMalformed(field, typed)) problems[field] = 'malformed'
  }
  return problems
}

/** The discount code that was typed; '' for none. A zero byte, which no text in the database has, makes it an unknown one. */
export function codeIn(form: FormData): string {
  return String(form.get('code') ?? '')
    .replaceAll('\0', '\ufffd')
    .trim()
}
