import { formatMoney } from '@/lib/domain/core/money'
import type { Order, OrderEvent } from '@/lib/domain/orders/order'

/** A line of the order history; null for an event a buyer does not need. */
export function eventWords({ kind, detail }: OrderEvent, { currency, delivery }: Order): string | null {
  const isCollected = delivery === 'collection'
  switch (kind) {
    case 'awaiting_payment':
      return 'Order placed, awaiting payment'
    case 'placed':
      if (detail.authorised_minor !== undefined) return 'Card authorised, items reserved'
      return detail.amount_minor === undefined ? 'Order placed, items reserved' : 'Paid, items reserved'
    case 'captured':
      return 'Paid by card'
    case 'paid':
      return 'Paid at the counter'
    case 'payment_declined':
      return 'Payment declined'
    case 'paid_in_vain':
      return 'Payment arrived too late and will be refunded'
    case 'refunded':
      return detail.amount_minor === undefined
        ? 'Refunded'
        : `Refunded ${formatMoney({ minor: detail.amount_minor, currency })}`
    case 'picked':
      return isCollected ? 'Ready to collect' : 'Ready to send'
    case 'short':
      return shortWords(detail)
    case 'handed_over':
      return isCollected ? 'Collected' : 'Sent'
    case 'parcel_changed':
      return 'Tracking updated'
    case 'delivered':
      return 'Delivered'
    case 'not_delivered':
      return 'Not delivered yet'
    case 'withdrawal_asked':
      return 'You withdrew from the contract'
    case 'withdrawal_settled':
      return 'Withdrawal answered'
    case 'returned':
      return 'Items returned'
    case 'cancelled':
      return cancelledWords(detail.reason)
    case 'confirmed':
      return 'Confirmed: the items stay reserved'
    case 'rest_cancelled':
      return 'Remaining items cancelled'
    default:
      return null
  }
}

function cancelledWords(reason: string | undefined): string {
  if (reason === 'not paid in time') return 'Cancelled: not paid in time'
  return reason === 'not collected in time' ? 'Cancelled: not collected in time' : 'Cancelled'
}

function shortWords({ title = 'Item', missing = 0, cancelled = 0 }: OrderEvent['detail']): string {
  if (cancelled === 0) return `${missing} × ${title} will come from another location`
  return `${cancelled} × ${title} could not be found and was removed from the order`
}

/** The texts of order-details.tsx. */
export const orderDetailsWords = {
  items: 'Items',
  collected: (fulfilled: string | number) => `${fulfilled} collected`,
  sent: (fulfilled: string | number) => `${fulfilled} sent`,
  cancelled: (cancelled: string | number) => `${cancelled} cancelled`,
  returned: (returned: string | number) => `${returned} returned`,
  cancelledItems: 'Cancelled items',
  total: 'Total',
  originally: (money: string | number) => `Originally ${money}.`,
  orderHistory: 'Order history',
}
