import type { CheckoutField, FieldProblem } from '@/lib/domain/checkout/checkout-fields'

/** The sentence under a field that cannot be taken: what it needs. */
export function problemWords(field: CheckoutField, problem: FieldProblem | undefined): string | undefined {
  if (!problem) return undefined
  if (problem === 'too_long') return 'This is too long for a parcel label. Shorten it.'
  if (problem === 'not_an_address') return 'Enter a valid e-mail address, such as ada@example.org.'
  return needed[field]
}

const needed: Record<CheckoutField, string> = {
  handover: 'Choose collection or delivery.',
  line1: 'Enter your street and house number.',
  postcode: 'Enter your postcode.',
  city: 'Enter your town or city.',
  country: 'Choose your country.',
  name: 'Enter your name.',
  email: 'Enter your e-mail address, so we can contact you about this order.',
  payment: 'Choose how to pay.',
}

/** How much of what is ordered is at a place already; nothing while that is open. */
export function thereWords(there: number | null, units: number): string | null {
  if (there === null) return null
  if (there === units) return units === 1 ? 'In stock at this location.' : 'Everything is in stock here.'
  if (there > 0) return `${there} of ${units} in stock here. We’ll bring the rest from another location.`
  return 'In stock at another location. We’ll bring your items here.'
}

/** What a field is called, where problems are listed. */
export const fieldLabels: Record<CheckoutField, string> = {
  handover: 'Delivery',
  line1: 'Street and house number',
  postcode: 'Postcode',
  city: 'Town or city',
  country: 'Country',
  name: 'Name',
  email: 'E-mail',
  payment: 'Payment',
}
