import type { ConversationStatus, DeskConversation } from '@/lib/domain/conversations/conversation'
import type { OrderStatus } from '@/lib/domain/orders/order'

/** The parts of the inbox. */
export const statusWords: Record<ConversationStatus, string> = {
  open: 'Open',
  pending: 'Pending',
  resolved: 'Resolved',
}

/** The subject of a conversation. */
export function subjectWords({
  about,
  product,
  order,
}: Pick<DeskConversation, 'about' | 'product' | 'order'>): string {
  if (product) return product.title
  if (order) return `Order ${order.number}`
  return about === 'cart' ? 'Their cart' : 'The shop'
}

/** The texts of the inbox. */
export const inboxWords = {
  messages: 'Messages',
  statuses: 'Status',
  caption: 'Conversations',
  conversation: 'Conversation',
  latest: 'Latest message',
  since: 'Since',
  assignee: 'Assigned to',
  nobody: 'Nobody',
  account: 'account',
  guest: 'guest',
  none: {
    open: 'No conversations wait for an answer.',
    pending: 'No conversations wait for a customer.',
    resolved: 'No conversations are resolved yet.',
  } satisfies Record<ConversationStatus, string>,
}

/** The texts of a conversation. */
export const deskWords = {
  backToInbox: 'Back to the inbox',
  title: (number: number, subject: string) => `Conversation ${number}: ${subject}`,
  messages: 'Messages',
  customer: 'Customer',
  note: (name: string) => `${name}, internal note`,
  aStaffMember: 'Staff',
  assignedTo: (name: string) => `Assigned to ${name}`,
  unassigned: 'Assigned to nobody',
  assignToMe: 'Assign to me',
  resolve: 'Resolve',
  reopen: 'Open again',
  yourAnswer: 'Your answer',
  hint: 'The customer sees a reply. An internal note is for staff only.',
  reply: 'Send reply',
  addNote: 'Add internal note',
  sending: 'Sending …',
  saved: 'Saved.',
  viewOnly: 'Your role can read conversations. Staff with the role Stock can answer.',
}

/** The texts beside a conversation. */
export const contextWords = {
  product: 'Product',
  available: (units: number) => `${units} available`,
  notStocked: 'No stock yet',
  order: 'Order',
  openOrder: (number: number) => `Open order ${number}`,
  cart: 'Cart',
  cartIsEmpty: 'The cart is empty.',
  held: (time: string) => `Held for ${time}`,
  notHeld: 'Not held',
  total: 'Total',
}

/** The status of the order that a conversation is about. */
export const orderStatusWords: Record<OrderStatus, string> = {
  awaiting_payment: 'Awaiting payment',
  placed: 'Placed',
  fulfilled: 'Fulfilled',
  cancelled: 'Cancelled',
}

/** The texts about other staff members at a conversation. */
export const othersHereWords = {
  hasDraft: (names: readonly string[]) =>
    `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} begun an answer.`,
  alsoHere: (names: readonly string[]) => `Also here: ${names.join(', ')}`,
}
