import { shopTime } from '@/lib/domain/core/shop-time'
import type { DueAccountMail } from '@/lib/domain/mail/mail'

interface AccountSays {
  subject: string
  heading: string
  /** Paragraphs, in order. */
  text: string[]
  /** The text of the link. */
  action: string
  note: string
}

const oneHour = 'The link works once, for one hour.'

/** The texts of one message about an account. */
export function accountSayings({ kind, account }: DueAccountMail, shop: string): AccountSays {
  switch (kind) {
    case 'confirm_address':
      return {
        subject: `${shop}: confirm your e-mail address`,
        heading: 'Confirm your e-mail address',
        text: [`An account at ${shop} was created with this address. Confirm it, and you can sign in.`],
        action: 'Confirm address',
        note: `${oneHour} If you did not create an account, ignore this e-mail.`,
      }
    case 'reset_password':
      return {
        subject: `${shop}: choose a new password`,
        heading: 'Choose a new password',
        text: [`We received a request to reset the password of your account at ${shop}.`],
        action: 'Choose new password',
        note: `${oneHour} If you did not ask for it, ignore this e-mail: your password stays as it is.`,
      }
    case 'change_address':
      return account.to === account.new_address
        ? {
            subject: `${shop}: confirm your new e-mail address`,
            heading: 'Confirm your new e-mail address',
            text: [`Your account at ${shop} gets this address once you have confirmed it.`],
            action: 'Confirm address',
            note: `${oneHour} If you have no account at ${shop}, ignore this e-mail.`,
          }
        : {
            subject: `${shop}: approve the change of your e-mail address`,
            heading: 'Approve the change of your e-mail address',
            text: [
              `Your account at ${shop} is to get the address ${account.new_address}. Approve the change here, and confirm the new address with the e-mail we sent to it.`,
            ],
            action: 'Approve change',
            note: `${oneHour} If you did not ask for it, do not approve it, and change your password.`,
          }
    case 'staff_invitation':
      return {
        subject: `You are invited to work at ${shop}`,
        heading: `Join the staff of ${shop}`,
        text: [
          `Hello ${account.name},`,
          `${account.invited_by ?? shop} invites you to work in the staff pages of ${shop}.`,
        ],
        action: 'Join',
        note: 'The link works once, for seven days. Anybody who has it can read the invitation; only you can accept it.',
      }
    case 'waitlist_confirm':
      return {
        subject: `${shop}: confirm your place on the waitlist`,
        heading: 'Confirm your place on the waitlist',
        text: [
          `We received a request to add this address to the waitlist for ${itemOf(account)} at ${shop}.`,
          'Confirm it to join the waitlist. When items are back in stock, we reserve one for you, in the order in which people joined.',
        ],
        action: 'Join waitlist',
        note: 'If you did not ask for it, ignore this e-mail. We delete your address in seven days.',
      }
    case 'waitlist_offer': {
      const until = shopTime(account.offered_until ?? '')
      return {
        subject: `${account.title ?? 'Your item'} is reserved for you until ${until}`,
        heading: `Reserved for you until ${until}`,
        text: [
          `${itemOf(account)} is back in stock, and one item is reserved for you until ${until}.`,
          'Add it to your cart before then. After that it goes to the next person on the waitlist.',
        ],
        action: 'View reservation',
        note: 'Anyone with this link can use the reservation, or leave the waitlist for you.',
      }
    }
    case 'shop_answered':
      return {
        subject: `${shop} answered your question`,
        heading: 'Your question has an answer',
        text: [`The staff of ${shop} answered your question. Read the answer, and write back, on the page.`],
        action: 'Read answer',
        note: 'Sign in to see the conversation. Please write there: answers to this e-mail are not read.',
      }
  }
}

function itemOf({ title = 'the item', option_values = [] }: DueAccountMail['account']): string {
  return [title, ...option_values].join(', ')
}
