import { units } from '@/components/staff/shell/words'
import { formatMoney } from '@/lib/domain/core/money'
import type {
  DeskEvent,
  OrderFilter,
  OrderStage,
  OrderTrouble,
  QueueEntry,
} from '@/lib/domain/orders/order-desk'

export const stageWords: Record<OrderStage, string> = {
  awaiting_payment: 'Awaiting payment',
  to_pick: 'To pick',
  ready: 'Ready',
  fulfilled: 'Fulfilled',
  cancelled: 'Cancelled',
}

/** The parts of the queue, in the order work goes through them. */
export const queueStages: readonly { stage: OrderFilter['stage']; label: string }[] = [
  { stage: 'to_pick', label: stageWords.to_pick },
  { stage: 'ready', label: stageWords.ready },
  { stage: 'trouble', label: 'Needs attention' },
  { stage: 'awaiting_payment', label: stageWords.awaiting_payment },
  { stage: 'fulfilled', label: stageWords.fulfilled },
  { stage: 'cancelled', label: stageWords.cancelled },
  { stage: 'all', label: 'All' },
]

export const troubleWords: Record<OrderTrouble, string> = {
  refund_due: 'Refund due',
  no_answer: 'Not paid in time',
  short: 'Tell the customer',
  inspect: 'Return to inspect',
}

export const paymentWords: Record<QueueEntry['payment'], string> = {
  due: 'Pays at the counter',
  pending: 'Payment pending',
  declined: 'Payment declined',
  captured: 'Paid',
  void: 'Nothing to pay',
}

/** Said where nothing matches. */
export const emptyWords: Record<OrderFilter['stage'], string> = {
  to_pick: 'No orders to pick.',
  ready: 'No orders ready.',
  trouble: 'All clear.',
  awaiting_payment: 'No orders awaiting payment.',
  fulfilled: 'No fulfilled orders yet.',
  cancelled: 'No cancelled orders.',
  all: 'No orders yet.',
}

export const nothingWaitsWords = 'All orders to pick are assigned.'

/** "3 of 5 picked" once picking has started; the number of units before. */
export function progressWords(toPick: number, open: number): string {
  return toPick === open ? units(open) : `${open - toPick} of ${open} picked`
}

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
      return detail.amount_minor === undefined ? 'Placed' : `Paid ${money}, placed`
    case 'confirmed':
      return 'Confirmed: stays reserved with no deadline'
    case 'paid':
      return 'Paid at the counter'
    case 'payment_declined':
      return 'Payment declined'
    case 'paid_in_vain':
      return 'Paid too late, refund due'
    case 'refund_asked':
      return `Refund of ${money} requested from the payment provider`
    case 'refunded':
      return `Refunded ${money}`
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
      return 'Fulfilled'
    case 'returned':
      return 'Items returned'
    case 'inspected':
      return 'Return inspected'
    case 'cancelled':
      return `Cancelled${putBackWords(detail)}`
    case 'rest_cancelled':
      return `Remaining items cancelled${putBackWords(detail)}`
    default:
      return kind.replaceAll('_', ' ')
  }
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

/** The texts of cancel-as-manager.tsx. */
export const cancelAsManagerWords = {
  cancelOrder: 'Cancel order',
  itemsThatAreNotFulfilled:
    'Items that are not fulfilled are released, and any payment for them becomes due for refund. This cannot be undone.',
  reason: 'Reason',
  yesCancelOrder: 'Yes, cancel order',
}

/** The texts of desk-timeline.tsx. */
export const deskTimelineWords = {
  orderHistory: 'Order history',
  theShopOrTheCustomer: 'The shop or the customer',
  theCustomer: 'The customer',
}

/** The texts of hand-over.tsx. */
export const handOverWords = {
  notPaidYet: 'This order is not paid. Take the payment before you hand it over.',
  send: 'Send',
  handOver: 'Hand over',
  fromIt: (value: string | number, name: string | number) => `${value} from ${name}`,
  fromIt2: 'From',
  markAsSent: 'Mark as sent',
  markAsHandedOver: 'Mark as handed over',
  at: 'at',
  whichIsViewOnlyFor: ', which is view only for you.',
}

/** The texts of holder.tsx. */
export const holderWords = {
  aStaffMember: 'A staff member',
  isPickingThis: (name: string | number) => `${name} is picking this`,
  leftBy: (name: string | number) => `Left by ${name}`,
}

/** The texts of order-contents.tsx. */
export const orderContentsWords = {
  items: 'Items',
  fulfilled: (fulfilled: string | number) => `${fulfilled} fulfilled`,
  cancelled: (cancelled: string | number) => `${cancelled} cancelled`,
  returned: (returned: string | number) => `${returned} returned`,
}

/** The texts of order-heading.tsx. */
export const orderHeadingWords = {
  orders: 'Orders',
  order: 'Order',
  customer: 'Customer',
  deliveringTo: 'Delivering to',
  collectingFrom: 'Collecting from',
}

/** The texts of order-money.tsx. */
export const orderMoneyWords = {
  money: 'Money',
  orderTotal: 'Order total',
  afterCancellations: 'After cancellations',
  refunded: 'Refunded',
  ofIt: 'of',
  mark: 'Mark',
  asPaid: 'as paid',
  ifUnpaidThisOrderIs: 'If unpaid, this order is cancelled at',
  confirmTheOrderToKeep: '. Confirm the order to keep it until it is collected.',
  confirmOrder: 'Confirm order',
}

/** The texts of return-form.tsx. */
export const returnFormWords = {
  restock: 'Restock',
  damaged: 'Damaged',
  inspectLater: 'Inspect later',
  acceptReturn: 'Accept return',
  fulfilled: 'fulfilled',
  units: 'Units',
  condition: 'Condition',
  returnedTo: 'Returned to',
}

/** The texts of troubles.tsx. */
export const troublesWords = {
  needsAttention: 'Needs attention',
  theOrderPageShowsWhat: 'The order page shows what is missing. A call is better.',
  markCustomerAsTold: 'Mark customer as told',
  atTheCounter: ', at the counter.',
  throughThePaymentProvider: ', through the payment provider.',
  markAsRefunded: (due: string | number) => `Mark ${due} as refunded`,
  refund: (due: string | number) => `Refund ${due}`,
  onlyManagersCanRefund: 'Only managers can refund.',
  itIsCancelledAutomaticallyWhen: 'It is cancelled automatically when another order needs its units.',
  ofIt: 'of',
  at: ', at',
  inspectReturn: 'Inspect return',
  unitsToRestock: 'Units to restock',
  restockTheseWriteOffThe: 'Restock these, write off the rest',
}
