import { formatMoney } from '@/lib/domain/core/money'
import { shopTime, shopTimestamp } from '@/lib/domain/core/shop-time'
import type { Order } from '@/lib/domain/orders/order'
import type { ErasedOrder } from '@/lib/domain/orders/order-request'
import { hasWithdrawn } from '@/lib/domain/orders/order-rules'
import { isDelivered } from '@/lib/domain/orders/parcels'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { inSentence } from '@/lib/domain/stock/place-name'

/** The status of an order, as the headline of its page. */
export function statusTitle(order: Order): string {
  const { status, payment, delivery, items, ready } = order
  const isCollected = delivery === 'collection'
  const isRefunded = payment.captured_minor > 0 && payment.refunded_minor >= payment.captured_minor
  if (status === 'cancelled') return isRefunded ? 'Order cancelled and refunded' : 'Order cancelled'
  if (status === 'fulfilled' && isRefunded) return 'Order refunded'
  if (isDelivered(order)) return 'Order delivered'
  if (status === 'fulfilled') return isCollected ? 'Order collected' : 'Order sent'
  if (status === 'awaiting_payment')
    return payment.status === 'declined' ? 'Payment declined' : 'Awaiting payment'
  if (ready) return isCollected ? 'Ready to collect' : 'Ready to send'
  if (items.some(({ fulfilled }) => fulfilled > 0)) return isCollected ? 'Partly collected' : 'Partly sent'
  if (isBeingPacked(order)) return 'Being packed'
  return 'Order placed'
}

/** The sentences below the headline: what the status means, and what comes next. */
export function statusWords(order: Order, places: readonly CollectionPoint[]): string {
  const { status, delivery, payment, ready } = order
  if (status === 'cancelled') return refundWords(order) ?? 'You were not charged.'
  if (hasWithdrawn(order)) return 'You withdrew from the contract. We will write to you about the return.'
  if (status === 'fulfilled')
    return refundWords(order) ?? [goneWords(order), missingWords(order)].filter(Boolean).join(' ')
  if (status === 'awaiting_payment') {
    const until = payment.deadline ? ` until ${shopTime(payment.deadline)}` : ''
    return payment.status === 'declined'
      ? `You were not charged. Your items are reserved${until}: try again, or cancel the order.`
      : `Your items are reserved${until}. This page updates when your payment is confirmed.`
  }
  const until =
    payment.deadline && !ready ? ` Reserved for you until ${shopTimestamp(payment.deadline)}.` : ''
  const paid = isPaid(order) ? 'It is paid.' : `You pay when you collect.${until}`
  const next = delivery === 'collection' ? collectionWords(order, places) : deliveryWords(order)
  return [missingWords(order), refundWords(order), next, paid].filter(Boolean).join(' ')
}

/** For its buyer: an authorised card is charged without them. */
const isPaid = ({ payment }: Order) => payment.status === 'captured' || payment.status === 'authorised'

function deliveryWords({ ready, items }: Order): string {
  if (ready) return 'Your order is packed and will be sent soon.'
  return items.some(({ fulfilled }) => fulfilled > 0)
    ? 'We will send the rest as soon as it is packed.'
    : 'We will pack your order and send it to you.'
}

function goneWords(order: Order): string {
  if (isDelivered(order)) return 'Your order was delivered. Thank you.'
  return order.delivery === 'collection' ? 'Thank you for your order.' : 'We sent your order. Thank you.'
}

/** Whether its picking has begun, and was not given up. */
function isBeingPacked({ events }: Order): boolean {
  return events.findLast(({ kind }) => kind === 'claimed' || kind === 'let_go')?.kind === 'claimed'
}

/** The location of the items, and the one of their collection if that differs. */
function collectionWords({ ready, kept_at, collect_at }: Order, places: readonly CollectionPoint[]): string {
  const state = ready ? 'packed' : 'reserved'
  const collected = places.find(({ id }) => id === collect_at)
  if (!collected) return `Your items are ${state}.`
  const at = `at ${inSentence(collected.name)}`
  if (kept_at.every((id) => id === collect_at))
    return ready ? `Your order is ready ${at}.` : `Your items are reserved ${at}.`
  const known = places.filter(({ id }) => kept_at.includes(id))
  const names = known.map(({ name }) => inSentence(name))
  if (known.length < kept_at.length) names.push('another location')
  return `Your items are ${state} at ${list.format(names)}. Collect them ${at}.`
}

const list = new Intl.ListFormat('en-GB')

/** The items that could not be found and were removed; null when there are none. */
function missingWords({ events }: Order): string | null {
  const missing = events.reduce(
    (units, { kind, detail }) => units + (kind === 'short' ? (detail.cancelled ?? 0) : 0),
    0,
  )
  if (missing === 0) return null
  return missing === 1
    ? 'We are sorry: we couldn’t find one item, so we removed it from your order.'
    : `We are sorry: we couldn’t find ${missing} items, so we removed them from your order.`
}

function refundWords({ payment, currency }: Order): string | null {
  const due = payment.refund_due_minor - payment.refunded_minor
  const money = (minor: number) => formatMoney({ minor, currency })
  if (due > 0) return `A refund of ${money(due)} is due. This page shows when it is sent.`
  return payment.refunded_minor > 0 ? `${money(payment.refunded_minor)} has been refunded.` : null
}

/** The texts of cancel-form.tsx. */
export const cancelFormWords = {
  cancelOrder: 'Cancel order',
  yourItemsAreReleasedAnd: 'Your items are released and any payment is refunded. This cannot be undone.',
  cancelling: 'Cancelling …',
  yesCancelOrder: 'Yes, cancel order',
}

/** The texts of keep-order.tsx. */
export const keepOrderWords = {
  signIn: 'Sign in',
  toAddThisOrderTo: 'to add this order to your account.',
  addOrderToMyAccount: 'Add order to my account',
}

/** The texts of erase-order.tsx. */
export const eraseOrderWords = {
  deleteMyDetails: 'Delete my details',
  nameEmailPhoneAnd:
    'Name, email, phone and address are deleted from this order. The link stops working. This cannot be undone.',
  anOpenOrderKeeps: 'An open order keeps them until it is finished.',
  yesDeleteMyDetails: 'Yes, delete my details',
  deletedOnceFinished: 'Your details are deleted when this order is finished.',
  detailsDeleted: 'Details deleted',
  theShopKeepsOnly: 'The shop keeps only what was ordered, without you. This link no longer works.',
}

/** The message about a request to delete the details of an order, on its page. */
export const erasedOrderWords: Record<Exclude<ErasedOrder['erased'], 'now'>, string | undefined> = {
  later: undefined,
  not_confirmed: 'Tick the box to delete your details.',
  refused: 'Your details were not deleted. Try again later, or ask the shop.',
}

/** The texts of live-order.tsx. */
export const liveOrderWords = {
  order: 'Order',
  payNow: 'Pay now',
}

/** The texts of order-facts.tsx. */
export const orderFactsWords = {
  contact: 'Contact',
  deliveringTo: 'Delivering to',
  collectingFrom: 'Collecting from',
}

/** The texts of order-parcels.tsx. */
export const orderParcelsWords = {
  tracking: 'Tracking',
  track: (carrier: string, code: string) => `Track with ${carrier}: ${code}`,
  delivered: (time: string) => `Delivered ${time}`,
  sentWith: (carrier: string) => `Sent with ${carrier}`,
  code: (carrier: string, code: string) => `${carrier}, tracking number ${code}`,
}

/** The texts of sandbox-form.tsx. */
export const sandboxFormWords = {
  decline: 'Decline',
  theCardIsRefusedThe: 'The card is refused. The items stay reserved, and you can try again.',
  payRespondLate: 'Pay, respond late',
  theResponseTakesTwelveSeconds: 'The response takes twelve seconds. The order page waits for it.',
  payRespondTwice: 'Pay, respond twice',
  theSameResponseIsSent: 'The same response is sent twice. It counts once.',
  respondOutOfOrder: 'Respond out of order',
  anOlderDeclinedArrivesAfter: 'An older “declined” arrives after “paid”. The order stays paid.',
  neverRespond: 'Never respond',
  after15MinutesTheOrder: 'After 15 minutes the order is cancelled and the items are released.',
  testPaymentForOrder: 'Test payment for order',
  thisIsATestYou: 'This is a test. You will not be charged.',
  pay: 'Pay',
  testAProblem: 'Test a problem',
}

/** The texts of while-payable.tsx. */
export const whilePayableWords = {
  inProgress: 'Your payment is in progress. The page of your order updates when it is confirmed.',
  nothingToPay: 'This order can’t be paid online now.',
  viewOrder: 'View order',
}

/** The texts of secret-link.tsx. */
export const secretLinkWords = {
  saveThisLink: 'Save this link',
  itOpensThisOrderOn: 'It opens this order on any device. Anyone with the link can see and cancel the order.',
}

/** The texts of order-again.tsx. */
export const orderAgainWords = { orderAgain: 'Order again' }
