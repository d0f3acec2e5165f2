import { formatMoney } from '@/lib/domain/core/money'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import type { DueOrderMail } from '@/lib/domain/mail/mail'
import { cancelledMinor } from '@/lib/domain/orders/order-rules'
import { inSentence } from '@/lib/domain/stock/place-name'

/** The texts that every e-mail has. */
export const mailWords = {
  orderNumber: (number: number) => `Order ${number}`,
  hello: (name: string) => `Hello ${name},`,
  viewOrder: 'View order',
  payNow: 'Pay now',
  items: 'Items',
  discount: 'Discount',
  delivery: 'Delivery',
  total: 'Total',
  vat: (money: string) => `Includes ${money} VAT`,
  collectFrom: 'Collect from',
  deliverTo: 'Deliver to',
  sentWith: 'Sent with',
  trackParcel: (code: string) => `Track parcel ${code}`,
  trackingNumber: (code: string) => `Tracking number ${code}`,
  quantity: (quantity: number) => `${quantity} ×`,
  secretLink: 'Anyone with this link can see and cancel the order. It works for 90 days.',
}

interface Says {
  subject: string
  heading: string
  /** Paragraphs, in order. */
  text: string[]
}

/** The subject, the heading and the paragraphs of one message. */
export function sayings(mail: DueOrderMail, shop: string): Says {
  const { order } = mail
  const number = `Order ${order.number}`
  switch (mail.kind) {
    case 'order_placed':
      return {
        subject: `${number}: thank you for your order`,
        heading: 'Thank you for your order',
        text: [next(mail), payment(mail)],
      }
    case 'order_ready':
      return {
        subject: `${number} is ready to collect`,
        heading: 'Ready to collect',
        text: [`Your order is ready${atPlace(mail)}.`, payment(mail)],
      }
    case 'order_sent':
      if (mail.event.kind === 'parcel_changed')
        return {
          subject: `${number}: your tracking number`,
          heading: 'Your tracking number',
          text: [
            'Your parcel has this tracking number. If you had another one from us, this one replaces it.',
          ],
        }
      return order.status === 'fulfilled'
        ? {
            subject: `${number} was sent`,
            heading: 'Your order was sent',
            text: ['All of your items were sent.'],
          }
        : {
            subject: `Part of order ${order.number} was sent`,
            heading: 'Part of your order was sent',
            text: ['We will send the rest as soon as it is packed.'],
          }
    case 'order_reduced':
      return {
        subject: `${number} has changed`,
        heading: 'Your order has changed',
        text: [...reduced(mail), ...refund(mail)],
      }
    case 'order_cancelled':
      return {
        subject: `${number} was cancelled`,
        heading: 'Your order was cancelled',
        text: [whyCancelled(mail), ...(refund(mail).length > 0 ? refund(mail) : ['You were not charged.'])],
      }
    case 'order_refunded':
      return {
        subject: `${number}: your refund`,
        heading: 'Your refund',
        text: [
          `We refunded ${money(mail, mail.event.detail.amount_minor ?? order.payment.refunded_minor)}. It can take your bank a few days to show it.`,
        ],
      }
    case 'payment_reminder':
      return reminder(mail, number, shop)
    case 'withdrawal_received':
      return {
        subject: `${number}: we received your withdrawal`,
        heading: 'We received your withdrawal',
        text: [
          `You withdrew from the contract on ${shopTimestamp(mail.event.at)}.`,
          mail.event.detail.reason
            ? `It is about these items: ${mail.event.detail.reason}`
            : 'It is about the whole order.',
          'We will write to you about the return and your refund.',
        ],
      }
    case 'payment_declined':
      return {
        subject: `${number}: your payment was declined`,
        heading: 'Your payment was declined',
        text: [
          `You were not charged. ${deadline(mail)}`,
          `If you no longer want the order, ${shop} cancels it for you at that time.`,
        ],
      }
  }
}

function reminder(mail: DueOrderMail, number: string, shop: string): Says {
  const { order } = mail
  const until = order.payment.deadline ? shopTimestamp(order.payment.deadline) : ''
  if (order.status === 'awaiting_payment')
    return {
      subject: `${number} is not paid yet`,
      heading: 'Your order is not paid yet',
      text: [
        `Your items are reserved until ${until}. Pay before then to keep them.`,
        `If you no longer want the order, ${shop} cancels it for you at that time.`,
      ],
    }
  return {
    subject: `${number}: your items are reserved until ${until}`,
    heading: 'Collect your order soon',
    text: [
      order.ready
        ? `Your order is ready${atPlace(mail)}. We keep it until ${until}.`
        : `We keep your items${atPlace(mail)} until ${until}.`,
      'If you cannot come by then, call us. Otherwise we cancel the order; you are not charged.',
    ],
  }
}

function next({ order, ...mail }: DueOrderMail): string {
  return order.delivery === 'collection'
    ? `We have reserved your items. You will get another e-mail when they are ready to collect${atPlace({ order, ...mail })}.`
    : 'We have reserved your items. You will get another e-mail when we send them.'
}

function payment({ order }: DueOrderMail): string {
  if (order.payment.status === 'captured') return 'Your order is paid.'
  const due = formatMoney({
    minor: order.payment.amount_minor - cancelledMinor(order),
    currency: order.currency,
  })
  const until = order.payment.deadline
    ? ` We keep your items until ${shopTimestamp(order.payment.deadline)}.`
    : ''
  return `You pay ${due} when you collect your order.${until}`
}

function deadline({ order }: DueOrderMail): string {
  return order.status === 'awaiting_payment' && order.payment.deadline
    ? `Your items are reserved until ${shopTimestamp(order.payment.deadline)}: try again before then.`
    : 'The time to pay for this order is over.'
}

function atPlace({ collect_at }: DueOrderMail): string {
  return collect_at ? ` at ${inSentence(collect_at.name)}` : ''
}

function reduced({ event }: DueOrderMail): string[] {
  const { title, cancelled } = event.detail
  return event.kind === 'short' && title && cancelled
    ? [`We are sorry: we could not find ${cancelled} × ${title}, so we removed it from your order.`]
    : ['The items that were not handed over yet were cancelled.']
}

function whyCancelled({ event }: DueOrderMail): string {
  switch (event.detail.reason) {
    case 'asked for by the customer':
      return 'You cancelled this order.'
    case 'not paid in time':
      return 'It was not paid in time, so its items were released.'
    case 'not collected in time':
      return 'It was not collected in time, so its items were released.'
    case 'paid too late, units gone':
      return 'Your payment arrived after the reservation ended, and the items had been sold by then. We are sorry.'
    default:
      return 'The shop cancelled this order. We are sorry.'
  }
}

function refund(mail: DueOrderMail): string[] {
  const due = mail.order.payment.refund_due_minor - mail.order.payment.refunded_minor
  return due > 0 ? [`We will refund ${money(mail, due)}. You will get another e-mail about it.`] : []
}

function money({ order }: DueOrderMail, minor: number): string {
  return formatMoney({ minor, currency: order.currency })
}
