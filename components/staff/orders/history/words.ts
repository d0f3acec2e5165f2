import { takenAsWords } from '@/components/staff/orders/words'
import { units } from '@/components/staff/shell/words'
import { formatMoney } from '@/lib/domain/core/money'
import type { DeskEvent } from '@/lib/domain/orders/order-desk'

/** A line of the order history for staff. */
export function deskEventWords(
  { kind, detail }: Pick<DeskEvent, 'kind' | 'detail'>,
  currency: string,
): string {
  const money =
    detail.amount_minor === undefined ? 'the payment' : formatMoney({ minor: detail.amount_minor, currency })
  switch (kind) {
    case 'awaiting_payment':
      return 'Order placed, awaiting payment'
    case 'placed':
      return placedWords(detail, currency)
    case 'confirmed':
      return 'Confirmed: stays reserved with no deadline'
    case 'paid':
      return detail.taken_as ? `Paid at the counter, ${takenAsWords[detail.taken_as]}` : 'Paid at the counter'
    case 'payment_declined':
      return 'Payment declined'
    case 'payment_reminded':
      return 'Customer reminded of the payment'
    case 'paid_in_vain':
      return 'Paid too late, refund due'
    case 'refund_asked':
      return `Refund of ${money} requested from the payment provider${detail.reason ? `: ${detail.reason}` : ''}`
    case 'refunded':
      return `Refunded ${money}`
    case 'captured':
      return `Captured ${money}`
    case 'refund_failed':
      return `The refund of ${money} failed at the bank`
    case 'disputed':
      return 'The cardholder disputes the payment'
    case 'dispute_closed':
      return `Dispute closed${detail.reason ? `: ${detail.reason}` : ''}`
    case 'payment_retried':
      return 'Payment step tried again'
    case 'claimed':
      return 'Started picking'
    case 'let_go':
      return 'Released the order'
    case 'picked':
      return 'All items picked'
    case 'unpicked':
      return 'Removed a picked unit'
    case 'short':
      return shortWords(detail)
    case 'told':
      return 'Customer told about missing items'
    case 'handed_over':
      return `Fulfilled${parcelText(detail)}`
    case 'parcel_changed':
      return `Tracking changed${parcelText(detail)}`
    case 'returned':
      return 'Items returned'
    case 'inspected':
      return 'Return inspected'
    case 'delivered':
      return 'Parcel delivered'
    case 'not_delivered':
      return 'Parcel not delivered'
    case 'withdrawal_asked':
      return `Customer withdrew from the contract${detail.reason ? `: ${detail.reason}` : ''}`
    case 'withdrawal_settled':
      return 'Withdrawal settled'
    case 'joined_account':
      return 'Added to the account of the customer'
    case 'left_account':
      return 'Removed from the account of the customer'
    case 'cancelled':
      return `Cancelled${putBackWords(detail)}`
    case 'rest_cancelled':
      return `Remaining items cancelled${putBackWords(detail)}`
    default:
      return kind.replaceAll('_', ' ')
  }
}

function placedWords({ amount_minor, authorised_minor }: DeskEvent['detail'], currency: string): string {
  const money = (minor: number) => formatMoney({ minor, currency })
  if (authorised_minor !== undefined) return `Card authorised for ${money(authorised_minor)}, placed`
  return amount_minor === undefined ? 'Placed' : `Paid ${money(amount_minor)}, placed`
}

function parcelText({ parcel }: DeskEvent['detail']): string {
  return parcel ? `: ${[parcel.carrier, parcel.tracking_number].filter(Boolean).join(', ')}` : ''
}

function shortWords({ title = 'Item', missing = 0, cancelled = 0 }: DeskEvent['detail']): string {
  const found = missing - cancelled
  const outcome = [
    ...(found > 0 ? [`${found} from another location`] : []),
    ...(cancelled > 0 ? [`${cancelled} removed from the order`] : []),
  ].join(', ')
  return `${missing} × ${title} missing: ${outcome}`
}

function putBackWords({ reason, put_back }: DeskEvent['detail']): string {
  return [reason && `: ${reason}`, put_back && `. Return ${units(put_back)} from the box to the shelf`]
    .filter(Boolean)
    .join('')
}

/** The texts of desk-timeline.tsx. */
export const deskTimelineWords = {
  orderHistory: 'Order history',
  theShopOrTheCustomer: 'The shop or the customer',
  theCustomer: 'The customer',
}
