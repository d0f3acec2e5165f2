import { inSentence } from '@/components/shop/checkout/place-name'
import { formatMoney } from '@/lib/domain/core/money'
import { shopTime, shopTimestamp } from '@/lib/domain/core/shop-time'
import type { Order, OrderEvent } from '@/lib/domain/orders/order'
import type { CollectionPoint } from '@/lib/domain/stock/place'

/** Where an order stands, as the headline of its page. */
export function statusTitle({ status, payment, items, ready }: Order): string {
  if (status === 'cancelled') return 'Called off.'
  if (status === 'fulfilled') return 'It is yours.'
  if (status === 'placed' && ready) return 'It is ready.'
  if (status === 'placed')
    return items.some(({ fulfilled }) => fulfilled > 0) ? 'Partly handed over.' : 'It is ordered.'
  return payment.status === 'declined' ? 'The payment was declined.' : 'Waiting for the payment.'
}

/** What that means, and what comes next. */
export function statusWords(order: Order, places: readonly CollectionPoint[]): string {
  const { status, delivery, payment, ready } = order
  if (status === 'cancelled')
    return moneyBackWords(order) ?? 'Nothing is to be paid, and the things are on the shelf again.'
  if (status === 'fulfilled')
    return moneyBackWords(order) ?? `${missingWords(order) ?? 'Everything was handed over.'} Thank you.`
  if (status === 'awaiting_payment') {
    const until = payment.deadline ? ` until ${shopTime(payment.deadline)}` : ''
    return payment.status === 'declined'
      ? `Nobody was charged. The things are kept for you${until}: try again, or call it off.`
      : `The things are kept for you${until}. This page says so as soon as the payment is confirmed.`
  }
  const until =
    payment.deadline && !ready ? ` Reserved for you until ${shopTimestamp(payment.deadline)}.` : ''
  const paid = payment.status === 'captured' ? 'It is paid.' : `You pay at the counter.${until}`
  const news = [missingWords(order), moneyBackWords(order)].filter((words) => words !== null)
  const isElsewhere = order.kept_at.some((id) => id !== order.collect_at)
  const where = whereWords(order, places)
  if (ready && delivery === 'collection')
    return [...news, `The things ${isElsewhere ? 'are packed' : 'wait for you'}${where} ${paid}`].join(' ')
  if (ready) return [...news, `The things are packed and will be on their way to you. ${paid}`].join(' ')
  return delivery === 'collection'
    ? `${[...news, ''].join(' ')}The things are set aside for you${where} ${paid}`
    : `${[...news, ''].join(' ')}The things are set aside and will be on their way to you. ${paid}`
}

/** The end of a sentence: where the things are, and where they are collected if that is another place. */
function whereWords({ kept_at, collect_at }: Order, places: readonly CollectionPoint[]): string {
  const collected = places.find(({ id }) => id === collect_at)
  if (!collected) return '.'
  const at = `at ${inSentence(collected.name)}`
  if (kept_at.every((id) => id === collect_at)) return ` ${at}.`
  const known = places.filter(({ id }) => kept_at.includes(id))
  const names = known.map(({ name }) => inSentence(name))
  if (known.length < kept_at.length) names.push('another of our places')
  return ` at ${list.format(names)}. You collect them ${at}.`
}

const list = new Intl.ListFormat('en-GB')

/** What the shop promised and could not find; null when it found all. */
function missingWords({ events }: Order): string | null {
  const missing = events.reduce(
    (units, { kind, detail }) => units + (kind === 'short' ? (detail.cancelled ?? 0) : 0),
    0,
  )
  if (missing === 0) return null
  return missing === 1
    ? 'One thing was not where it should be, and nowhere else. We are sorry: it is off your order.'
    : `${missing} things were not where they should be, and nowhere else. We are sorry: they are off your order.`
}

function moneyBackWords({ payment, currency }: Order): string | null {
  const open = payment.refund_due_minor - payment.refunded_minor
  const money = (minor: number) => formatMoney({ minor, currency })
  if (open > 0) return `${money(open)} are on their way back to you.`
  return payment.refunded_minor > 0 ? `${money(payment.refunded_minor)} were given back to you.` : null
}

/** A line of the timeline; null for what is of no interest to a buyer. */
export function eventWords({ kind, detail }: OrderEvent, { currency, payment }: Order): string | null {
  switch (kind) {
    case 'awaiting_payment':
      return 'Ordered; the payment is awaited'
    case 'placed':
      return payment.provider === 'sandbox' ? 'Paid, and set aside' : 'Ordered, and set aside'
    case 'paid':
      return 'Paid at the counter'
    case 'payment_declined':
      return 'The payment was declined'
    case 'paid_in_vain':
      return 'A payment came too late and goes back'
    case 'refunded':
      return detail.amount_minor === undefined
        ? 'Money was given back'
        : `${formatMoney({ minor: detail.amount_minor, currency })} given back`
    case 'picked':
      return 'Everything is ready'
    case 'short':
      return shortWords(detail)
    case 'handed_over':
      return 'Handed over'
    case 'returned':
      return 'Brought back'
    case 'cancelled':
      return cancelledWords(detail.reason)
    case 'confirmed':
      return 'Confirmed: the items stay reserved'
    case 'rest_cancelled':
      return 'What was not handed over was called off'
    default:
      return null
  }
}

function cancelledWords(reason: string | undefined): string {
  if (reason === 'not paid in time') return 'Called off: it was not paid in time'
  return reason === 'not collected in time' ? 'Cancelled: it was not collected in time' : 'Called off'
}

function shortWords({ title = 'Something', missing = 0, cancelled = 0 }: OrderEvent['detail']): string {
  const elsewhere = missing - cancelled
  if (cancelled === 0) return `${elsewhere} × ${title} comes from another of our places`
  return `${cancelled} × ${title} could not be found and was taken off the order`
}
