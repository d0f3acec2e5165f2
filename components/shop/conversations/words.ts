import { refusalWords } from '@/components/shop/cart/words'
import { messageLength, type OwnConversation } from '@/lib/domain/conversations/conversation'
import type { Refusal } from '@/lib/domain/core/refusal'
import { shopTime } from '@/lib/domain/core/shop-time'

/** The subject of a conversation. */
export function subjectWords({
  about,
  product,
  order,
}: Pick<OwnConversation, 'about' | 'product' | 'order'>) {
  if (product) return product.title
  if (order) return `Order ${order.number}`
  return about === 'cart' ? 'Your cart' : 'The shop'
}

/** The texts of the form that begins a conversation, and of the links to it. */
export const askWords = {
  title: 'Ask a question',
  about: (subject: string) => `Your question is about: ${subject}`,
  aboutYourCart: 'Ask about your cart',
  aboutThisOrder: 'Ask about this order',
  yourQuestion: 'Your question',
  hint: `At most ${messageLength} characters. We answer on this page.`,
  send: 'Send question',
  back: 'Back',
  yourMessages: 'Your messages',
}

/** The texts of the page of a conversation. */
export const conversationWords = {
  title: (subject: string) => `Messages: ${subject}`,
  messages: 'Messages',
  back: {
    product: 'Back to the product',
    order: 'Back to the order',
    cart: 'Back to the cart',
    shop: 'Back to the shop',
  } satisfies Record<OwnConversation['about'], string>,
  you: 'You',
  theShop: 'The shop',
  waiting: 'We received your message. The answer appears on this page.',
  answered: 'The shop has answered.',
  resolved: 'This conversation is resolved. Write again if you have another question.',
  yourMessage: 'Your message',
  send: 'Send',
}

/** The texts of every message form. */
export const messageFormWords = { sending: 'Sending …' }

/** The texts of the list of one's own conversations. */
export const conversationListWords = {
  title: 'Your messages',
  none: 'You have no messages.',
  ask: 'Ask a question',
  last: (moment: string) => `Last message ${shopTime(moment)}`,
}

/** A refusal on the pages of conversations. */
export function messageRefusalWords(refusal: Refusal): string {
  switch (refusal.code) {
    case 'invalid_input':
      return `Your message was not sent. Write between 1 and ${messageLength} characters.`
    case 'not_found':
      return 'Your message was not sent, because this page is no longer available to you. Sign in, or use the browser you asked from.'
    case 'signed_out':
      return 'You were signed out, so your message was not sent. Sign in and try again.'
    default:
      return refusalWords(refusal)
  }
}

/** Shown when a message got no response, or was never sent. */
export const unconfirmedWords = (isUnsent: boolean) =>
  isUnsent
    ? 'You are offline, so your message was not sent. Try again when you are online.'
    : 'We couldn’t confirm that your message was sent. Send it again: it will not be sent twice.'
