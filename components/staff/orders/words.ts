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
  awaiting_payment: 'Waiting for payment',
  to_pick: 'To pick',
  ready: 'Ready',
  fulfilled: 'Handed over',
  cancelled: 'Called off',
}

/** The parts of the queue, in the order work goes through them. */
export const queueStages: readonly { stage: OrderFilter['stage']; label: string }[] = [
  { stage: 'to_pick', label: stageWords.to_pick },
  { stage: 'ready', label: stageWords.ready },
  { stage: 'trouble', label: 'Trouble' },
  { stage: 'awaiting_payment', label: stageWords.awaiting_payment },
  { stage: 'fulfilled', label: stageWords.fulfilled },
  { stage: 'cancelled', label: stageWords.cancelled },
  { stage: 'all', label: 'All' },
]

export const troubleWords: Record<OrderTrouble, string> = {
  refund_due: 'Money to give back',
  no_answer: 'Not paid in time',
  short: 'Customer to be told',
  inspect: 'Return to look at',
}

export const paymentWords: Record<QueueEntry['payment'], string> = {
  due: 'Pays at the counter',
  pending: 'Payment awaited',
  declined: 'Payment declined',
  captured: 'Paid',
  void: 'Nothing to pay',
}

/** Said where nothing matches. */
export const emptyWords: Record<OrderFilter['stage'], string> = {
  to_pick: 'Nothing waits to be picked.',
  ready: 'Nothing waits to be handed over.',
  trouble: 'No trouble.',
  awaiting_payment: 'No order waits for its payment.',
  fulfilled: 'Nothing was handed over yet.',
  cancelled: 'Nothing was called off.',
  all: 'No order yet.',
}

export const nothingWaitsWords = 'Every order that waits is in somebody’s hands.'

/** "3 of 5 picked", once somebody began; before, how many there are. */
export function progressWords(toPick: number, open: number): string {
  return toPick === open ? units(open) : `${open - toPick} of ${open} picked`
}

/** A line of the timeline, as colleagues read it. */
export function deskEventWords(
  { kind, detail }: Pick<DeskEvent, 'kind' | 'detail'>,
  currency: string,
): string {
  const money =
    detail.amount_minor === undefined ? 'the money' : formatMoney({ minor: detail.amount_minor, currency })
  switch (kind) {
    case 'awaiting_payment':
      return 'Ordered; the payment is awaited'
    case 'placed':
      return 'Placed'
    case 'confirmed':
      return 'Confirmed: it stays reserved without a deadline'
    case 'paid':
      return 'Paid at the counter'
    case 'payment_declined':
      return 'The payment was declined'
    case 'paid_in_vain':
      return 'Paid too late: the money is due back'
    case 'refund_asked':
      return `The provider was asked to give back ${money}`
    case 'refunded':
      return `Gave back ${money}`
    case 'claimed':
      return 'Began to pick'
    case 'let_go':
      return 'Let go of it'
    case 'picked':
      return 'Picked: all of it is in the box'
    case 'unpicked':
      return 'Put something back from the box'
    case 'short':
      return shortWords(detail)
    case 'told':
      return 'Told the customer what is missing'
    case 'handed_over':
      return 'Handed over'
    case 'returned':
      return 'Took things back'
    case 'inspected':
      return 'Decided about what came back'
    case 'cancelled':
      return `Called off${putBackWords(detail)}`
    case 'rest_cancelled':
      return `The rest was called off${putBackWords(detail)}`
    default:
      return kind.replaceAll('_', ' ')
  }
}

function shortWords({ title = 'Something', missing = 0, cancelled = 0 }: DeskEvent['detail']): string {
  const found = missing - cancelled
  const outcome = [
    ...(found > 0 ? [`${found} from elsewhere`] : []),
    ...(cancelled > 0 ? [`${cancelled} taken off the order`] : []),
  ].join(', ')
  return `${missing} × ${title} not there: ${outcome}`
}

function putBackWords({ reason, put_back }: DeskEvent['detail']): string {
  return [reason && `: ${reason}`, put_back && `. ${units(put_back)} from the box go back on the shelf`]
    .filter(Boolean)
    .join('')
}
