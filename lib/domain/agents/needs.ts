import type { Quote } from '@/lib/domain/checkout/totals'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { errorMessage, type Message } from './messages'
import type { AgentPayment } from './protocol'
import type { AgentSession } from './session'
import { agentWords as words } from './words'

interface Offered {
  quote: Quote | null
  places: readonly CollectionPoint[]
  payments: readonly AgentPayment[]
  /** Whether deliveries are paid by card, which a person does. */
  isPaidByPerson: boolean
}

/** Everything that an open checkout still needs before its order can be placed. */
export function needsOf(session: AgentSession, offered: Offered): Message[] {
  const { choices, cart } = session
  if (cart.lines.length === 0) return [errorMessage('missing', words.nothingInIt, { path: '$.line_items' })]
  const ended = cart.lines.flatMap(({ held, quantity }, at) =>
    held < quantity
      ? [errorMessage('hold_ended', words.reservationEnded, { path: `$.line_items[${at}].quantity` })]
      : [],
  )
  return [
    ...ended,
    ...(choices.name ? [] : [errorMessage('missing', words.nameMissing, { path: '$.buyer.first_name' })]),
    ...(choices.email ? [] : [errorMessage('missing', words.emailMissing, { path: '$.buyer.email' })]),
    ...deliveryNeeds(session, offered),
  ]
}

const method = '$.fulfillment.methods[0]'

function deliveryNeeds(
  { choices: { method: chosen, location_id, address } }: AgentSession,
  { quote, places, payments, isPaidByPerson }: Offered,
): Message[] {
  if (!chosen) return [errorMessage('missing', words.methodMissing, { path: '$.fulfillment.methods' })]
  if (chosen === 'collection') {
    const isPlace = places.some(({ id }) => id === location_id)
    return isPlace
      ? []
      : [errorMessage('missing', words.locationMissing, { path: `${method}.selected_destination_id` })]
  }
  if (!(address?.line1 && address.city && address.postcode && address.country))
    return [errorMessage('missing', words.addressMissing, { path: `${method}.destinations[0]` })]
  if (quote && !quote.is_deliverable)
    return [errorMessage('address_undeliverable', words.notDelivered, { path: `${method}.destinations[0]` })]
  if (payments.includes('sandbox')) return []
  return isPaidByPerson
    ? [errorMessage('payment_by_person', words.paidByPerson, { severity: 'requires_buyer_input' })]
    : [errorMessage('address_undeliverable', words.noDelivery, { path: method })]
}
