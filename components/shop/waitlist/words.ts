import { refusalWords } from '@/components/shop/cart/words'
import type { Refusal } from '@/lib/domain/core/refusal'
import { shopTime } from '@/lib/domain/core/shop-time'
import { plural } from '@/lib/domain/text/plural'

/** The texts of the page where a shopper joins a waitlist. */
export const joinWords = {
  title: 'Join the waitlist',
  soldOut: 'is sold out.',
  howItWorks:
    'When items are back in stock, we reserve one for you, in the order in which people joined, and send you an e-mail.',
  eMail: 'E-mail',
  onlyForThis: 'We use your address for this waitlist only, and delete it when you leave.',
  join: 'Join waitlist',
  checkYourMail: 'Check your e-mail. Follow the link in it to join the waitlist.',
  inLine: 'You are on the waitlist. We will send you an e-mail when we reserve an item for you.',
  backToProduct: 'Back to the product',
}

/** The texts of the page of an entry. */
export const entryWords = {
  waitlist: 'Waitlist',
  heading: (title: string) => `Waitlist: ${title}`,
  confirm: 'Confirm your address to join the waitlist.',
  joinNow: 'Confirm and join',
  waiting: (ahead: number) =>
    ahead === 0
      ? 'You are next. We will send you an e-mail when we reserve an item for you.'
      : `${plural(ahead, 'person', 'people')} before you. We will send you an e-mail when we reserve an item for you.`,
  heldUntil: (until: string) => `Reserved for you until ${shopTime(until)}.`,
  addToCart: 'Add to cart',
  leave: 'Leave waitlist',
  leaveNote: 'If you leave, we delete your address. An item reserved for you goes to the next person.',
  lapsed: 'The reservation has ended, and the item went to the next person. Join the waitlist again.',
  accepted: 'The item is in your cart.',
  viewCart: 'View cart',
  left: 'You left the waitlist. Your address was deleted.',
  ended: 'This link has expired.',
}

/** A refusal on the pages of a waitlist. */
export function waitlistRefusalWords(refusal: Refusal): string {
  switch (refusal.code) {
    case 'still_available':
      return 'This item is in stock. Go back to the product and add it to your cart.'
    case 'waitlist_limit':
      return `You can join at most ${refusal.detail.at_most} waitlists. Leave another one first.`
    case 'offer_ended':
      return 'The reservation has ended. Join the waitlist again.'
    case 'invalid_input':
      return 'Check your e-mail address.'
    case 'not_found':
      return 'This product is no longer for sale.'
    default:
      return refusalWords(refusal)
  }
}
