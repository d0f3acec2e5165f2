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

/** The cancelled part of the total, in minor units: units, and the delivery once none is left. */
export function cancelledMinor({ total_minor, worth_minor }: Order): number {
  return total_minor - worth_minor
}

/** Whether the buyer withdrew from the contract and the shop has not answered. */
export function hasWithdrawn({ events }: Pick<Order, 'events'>): boolean {
  const last = events.findLast(({ kind }) => kind === 'withdrawal_asked' || kind === 'withdrawal_settled')
  return last?.kind === 'withdrawal_asked'
}

/** Whether the buyer may withdraw from the contract now. Before anything is handed over they cancel instead. */
export function mayWithdraw(order: Order): boolean {
  return (
    (order.status === 'placed' || order.status === 'fulfilled') &&
    !mayCancel(order) &&
    !hasWithdrawn(order) &&
    order.items.some(({ quantity, cancelled, returned }) => cancelled + returned < quantity)
  )
}
