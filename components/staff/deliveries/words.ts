import { locationName } from '@/components/staff/shell/words'
import type { Delivery, DeliveryLine, DeliveryRead } from '@/lib/domain/deliveries/delivery'
import type { Location } from '@/lib/domain/stock/place'

export const differenceWords: Record<NonNullable<DeliveryLine['difference']>, string> = {
  not_sent: 'not sent',
  lost: 'lost in transit',
  damaged: 'damaged in transit',
  extra: 'more than expected',
  swapped: 'sent instead of another item',
}

export const eventWords: Record<DeliveryRead['events'][number]['kind'], string> = {
  announced: 'announced',
  sent: 'sent',
  received: 'received',
  closed: 'closed',
}

/** "Transfer 7" or "Delivery 8". */
export function deliveryName({ number, from_location_id }: Delivery): string {
  return `${from_location_id ? 'Transfer' : 'Delivery'} ${number}`
}

/** "From The workshop to The shop". */
export function routeWords(delivery: Delivery, locations: readonly Location[]): string {
  const from = delivery.from_location_id
    ? locationName(delivery.from_location_id, locations)
    : delivery.supplier
  return `From ${from} to ${locationName(delivery.to_location_id, locations)}`
}

/** The texts of arrival-form.tsx. */
export const arrivalFormWords = {
  arrived: 'Arrived',
  enterTheNumberOfUnits: 'Enter the number of units: a whole number from 1',
  ifMoreArriveThanExpected: 'If more arrive than expected',
  askMe: 'Ask me',
  receive: 'Receive',
  saving: 'Saving…',
  weCouldntConfirmThatCheck: 'We couldn’t confirm that. Check the received quantities before you try again.',
  saved: 'Saved.',
}

/** The texts of closing-form.tsx. */
export const closingFormWords = {
  close: 'Close',
  closeDelivery: 'Close delivery',
  weCouldntConfirmThatTry: 'We couldn’t confirm that. Try again.',
}

/** The texts of delivery-desk.tsx. */
export const deliveryDeskWords = {
  scan: 'Scan',
  thisDeliveryIsClosed: 'This delivery is closed.',
  lines: 'Lines',
  history: 'History',
  theSystem: 'The system',
}

/** The texts of delivery-lines.tsx. */
export const deliveryLinesWords = {
  expected: 'Expected',
  received: 'Received',
  outstanding: 'Outstanding',
  whyIsShort: (name: string | number) => `Why ${name} is short`,
  moreWillArrive: 'More will arrive',
}

/** The texts of delivery-list.tsx. */
export const deliveryListWords = {
  noDeliveriesInTransit: 'No deliveries in transit.',
}

/** The texts of units-in-transit.tsx. */
export const unitsInTransitWords = {
  to: (units: string | number, place: string | number) => `${units} to ${place}`,
  inTransit: 'In transit:',
}

/** The texts of opening-form.tsx. */
export const openingFormWords = {
  newDeliveryOrTransfer: 'New delivery or transfer',
  fromIt: 'From',
  aSupplier: 'A supplier',
  leavesNow: '(leaves now)',
  supplier: 'Supplier',
  to: 'To',
  viewOnly: 'View only',
  expectedOnOptional: 'Expected on (optional)',
  referenceOptional: 'Reference (optional)',
  createDeliveryOrTransfer: 'Create delivery or transfer',
  weCouldntConfirmThatTry: 'We couldn’t confirm that. Try again: it is saved only once.',
}
