/** The fields of the checkout form, in the order they are read. */
export const checkoutFields = [
  'handover',
  'line1',
  'postcode',
  'city',
  'country',
  'name',
  'email',
  'payment',
] as const
export type CheckoutField = (typeof checkoutFields)[number]

/** Why a field cannot be taken. */
export const fieldProblems = ['missing', 'too_long', 'malformed'] as const
export type FieldProblem = (typeof fieldProblems)[number]

export type CheckoutProblems = Partial<Record<CheckoutField, FieldProblem>>

/** The countries that are offered while the shop has no delivery zone. */
export const freeDeliveryCountries = [
  'BE',
  'NL',
  'LU',
  'FR',
  'DE',
  'AT',
  'IE',
  'IT',
  'ES',
  'PT',
  'DK',
] as const

/** The value of `handover` for having it brought; any other is the id of the location it is collected from. */
export const delivered = 'delivery'
