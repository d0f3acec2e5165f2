import { units } from '@/components/staff/shell/words'
import type { TakenAs } from '@/lib/domain/orders/counter-sale'
import type { OrderFilter, OrderStage, OrderTrouble, QueueEntry } from '@/lib/domain/orders/order-desk'

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
  provider_failed: 'Payment step failed',
  disputed: 'Payment disputed',
  unpaid: 'Handed over, not paid',
  withdrawn: 'Customer withdrew',
}

export const paymentWords: Record<QueueEntry['payment'], string> = {
  due: 'Pays at the counter',
  pending: 'Payment pending',
  declined: 'Payment declined',
  captured: 'Paid',
  void: 'Nothing to pay',
  authorised: 'Card authorised',
}

export const takenAsWords: Record<TakenAs, string> = { cash: 'in cash', card: 'by card' }

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

/** The texts of cancel-as-manager.tsx. */
export const cancelAsManagerWords = {
  cancelOrder: 'Cancel order',
  itemsThatAreNotFulfilled:
    'Items that are not fulfilled are released, and any payment for them becomes due for refund. This cannot be undone.',
  reason: 'Reason',
  yesCancelOrder: 'Yes, cancel order',
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
  takeInCash: (due: string) => `Take ${due} in cash and hand over`,
  takeByCard: (due: string) => `Take ${due} by card and hand over`,
  withoutPayment: 'Hand over without payment',
  leavesUnpaid: (due: string) => `${due} is not paid. The items leave the shop unpaid.`,
  handOverUnpaid: 'Hand over unpaid',
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
  print: 'Print',
  customer: 'Customer',
  deliveringTo: 'Delivering to',
  collectingFrom: 'Collecting from',
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
  theCustomerWithdrew:
    'The order history shows when, and which items. Take the items back and refund them, or write why not.',
  markAsSettled: 'Mark withdrawal as settled',
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
