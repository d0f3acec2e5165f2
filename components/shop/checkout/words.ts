import type { CheckoutField, FieldProblem } from '@/lib/domain/checkout/checkout-fields'

/** The sentence under a field that cannot be taken: what it needs. */
export function problemWords(field: CheckoutField, problem: FieldProblem | undefined): string | undefined {
  if (!problem) return undefined
  if (problem === 'too_long') return 'That is longer than we can print on a parcel. Shorten it.'
  if (problem === 'not_an_address')
    return 'That does not look like an e-mail address, such as ada@example.org.'
  return needed[field]
}

const needed: Record<CheckoutField, string> = {
  handover: 'Choose where you collect it, or to have it brought.',
  line1: 'Type the street and the number.',
  postcode: 'Type the postcode.',
  city: 'Type the town.',
  country: 'Choose the country.',
  name: 'Type the name it should be kept under.',
  email: 'Type your e-mail address, so that the shop can reach you about this order.',
  payment: 'Choose how you pay.',
}

/** How much of what is ordered is at a place already; nothing while that is open. */
export function thereWords(there: number | null, units: number): string | null {
  if (there === null) return null
  if (there === units) return units === 1 ? 'It is there.' : 'Everything is there.'
  if (there > 0) return `${there} of ${units} are there; we bring the rest over.`
  return `${units === 1 ? 'It is' : 'They are'} at another of our places; we bring ${units === 1 ? 'it' : 'them'} over.`
}

/** What a field is called, where problems are listed. */
export const fieldLabels: Record<CheckoutField, string> = {
  handover: 'Where to',
  line1: 'Street and number',
  postcode: 'Postcode',
  city: 'Town',
  country: 'Country',
  name: 'Name',
  email: 'E-mail',
  payment: 'Payment',
}
