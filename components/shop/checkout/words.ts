import type { CheckoutField, FieldProblem } from '@/lib/domain/checkout/checkout-fields'

/** The sentence under a field that cannot be taken: what it needs. */
export function problemWords(field: CheckoutField, problem: FieldProblem | undefined): string | undefined {
  if (!problem) return undefined
  if (problem === 'too_long') return 'This is too long for a parcel label. Shorten it.'
  return (problem === 'malformed' && malformed[field]) || needed[field]
}

const malformed: Partial<Record<CheckoutField, string>> = {
  email: 'Enter a valid e-mail address, such as ada@example.org.',
  postcode: 'This is not a postcode of the chosen country. Check both.',
  city: 'Enter the name of your town or city.',
  line1: 'Enter your street and house number.',
  name: 'Enter your name with letters.',
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

/** The names of fields in the list of problems. */
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

/** The texts of checkout-form.tsx. */
export const checkoutFormWords = {
  checkingYourOrderThisTakes: 'Checking your order. This takes a few seconds.',
  placingOrder: 'Placing order …',
  updatingTotal: 'Updating total …',
  placeOrder: (total: string | number) => `Place order, ${total}`,
}

/** The texts of checkout-trouble.tsx. */
export const checkoutTroubleWords = {
  youAreOffline: 'You are offline.',
  nothingWasSent: 'Nothing was sent. Place the order when you are online again.',
  weCouldntConfirmYourOrder: 'We couldn’t confirm your order.',
  placeTheOrderAgainTo: 'Place the order again to check. You will not be charged twice.',
  yourOrderIsNotPlaced: 'Your order is not placed yet.',
  yourTotalIsUpdated: 'Your total is updated.',
  yourCartIsFixed: 'Your cart is fixed.',
  checkYourOrderThenPlace: 'Check your order, then place it.',
  oneDetailIsMissing: 'One detail is missing.',
  detailsAreMissing: (count: string | number) => `${count} details are missing.`,
  checkOneDetail: 'Check one detail.',
  checkDetails: (count: string | number) => `Check ${count} details.`,
  yourReservationHadExpiredAnd:
    'Your reservation had expired, and another shopper bought some of your items:',
  signInToPlaceOrder: 'Sign in to place order',
  viewYourOrder: 'View your order',
  fixItInYourCart: 'Fix it in your cart',
}

/** The texts of contact-fields.tsx. */
export const contactFieldsWords = {
  contact: 'Contact',
  noAccountNeeded: 'No account needed.',
  signIn: 'Sign in',
  ifYouHaveOne: 'if you have one.',
  name: 'Name',
  eMail: 'E-mail',
}

/** The texts of handover-fields.tsx. */
export const handoverFieldsWords = {
  delivery: 'Delivery',
  collectAt: (place: string | number) => `Collect at ${place}`,
  deliverToMyAddress: 'Deliver to my address',
  freeDeliveryPaidOnline: 'Free delivery, paid online',
  paidOnline: 'Paid online; the price depends on the address',
  streetAndHouseNumber: 'Street and house number',
  postcode: 'Postcode',
  townOrCity: 'Town or city',
  country: 'Country',
}

/** The texts of delivery-price.tsx. */
export const deliveryPriceWords = {
  checking: 'Checking the price of delivery …',
  delivery: (minor: number, price: string, estimate: string | null) =>
    `Delivery: ${minor === 0 ? 'free' : price}${estimate ? `, ${estimate}` : ''}`,
  notDeliverable: 'We don’t deliver to this postcode. Choose another address or collection.',
  unknown: 'The price of delivery could not be checked. Your order shows it before you pay.',
  showPrice: 'Show price of delivery',
}

/** The texts of discount-field.tsx. */
export const discountFieldWords = {
  code: 'Discount code',
  apply: 'Apply code',
  applied: (code: string) => `Code ${code} is applied.`,
  doesNotApply: (code: string) => `Code ${code} does not apply to this cart.`,
  remove: 'Remove code',
}

/** The texts of order-review.tsx. */
export const orderReviewWords = {
  yourOrder: 'Your order',
  editCart: 'Edit cart',
  collectionOrDelivery: 'Collection or delivery',
  total: 'Total',
}

/** The texts of payment-fields.tsx. */
export const paymentFieldsWords = {
  payment: 'Payment',
  deliveredOrdersArePaidOnline: 'Delivered orders are paid online, on the next page.',
  payWhenYouCollect: 'Pay when you collect',
  cashOrCardAtThe: 'Cash or card, at the counter',
}

/** The choice to pay online, by its provider. */
export const onlinePaymentWords = {
  stripe: {
    title: 'Pay by card now',
    note: 'On the next page. Your card is charged only when your order is confirmed',
  },
  sandbox: { title: 'Pay online now', note: 'Test payments only: you will not be charged' },
}
