import type { Order } from './order'

// Values derived from an order. Separate from its schema, so that no page ships that.

/** Whether the buyer may still cancel: until a unit was handed over. */
export function mayCancel({ status, items }: Order): boolean {
  return (
    (status === 'awaiting_payment' || status === 'placed') && items.every(({ fulfilled }) => fulfilled === 0)
  )
}

/** Whether it can be paid online now: not while a payment is in progress. */
export function mayPay({ status, payment, now }: Order): boolean {
  return (
    status === 'awaiting_payment' &&
    (payment.status === 'pending' || payment.status === 'declined') &&
    !payment.in_progress &&
    payment.deadline !== null &&
    Date.parse(payment.deadline) > Date.parse(now)
  )
}

/** The price of the order's cancelled units, in minor units. */
export function cancelledMinor({ items }: Order): number {
  return items.reduce((sum, { cancelled, price_minor }) => sum + cancelled * price_minor, 0)
}
