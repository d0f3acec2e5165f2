import { z } from 'zod'
import { Cart } from '@/lib/domain/cart/cart'

/** open: waits for staff. pending: waits for the shopper. resolved: done, until the shopper writes. */
export const conversationStatuses = ['open', 'pending', 'resolved'] as const
export const ConversationStatus = z.enum(conversationStatuses)
export type ConversationStatus = z.infer<typeof ConversationStatus>

/** As many characters has one message. */
export const messageLength = 1500

const About = z.enum(['shop', 'product', 'cart', 'order'])

const facts = {
  about: About,
  product: z.object({ id: z.guid(), handle: z.string(), title: z.string() }).nullable(),
  order: z.object({ id: z.guid(), number: z.int() }).nullable(),
  conversation_id: z.guid(),
  number: z.int(),
  status: ConversationStatus,
  last_at: z.string(),
}

export const Message = z.object({
  position: z.int(),
  kind: z.enum(['shopper', 'staff', 'note']),
  body: z.string(),
  at: z.string(),
  /** The staff member; null on a page of the shop. */
  author: z.guid().nullable(),
})
export type Message = z.infer<typeof Message>

/** A conversation as its shopper sees it: the answer of read_conversation. */
export const Conversation = z.object({ ...facts, version: z.int(), messages: z.array(Message) })
export type Conversation = z.infer<typeof Conversation>

/** A conversation in the list of one's own. */
export const OwnConversation = z.object(facts)
export type OwnConversation = z.infer<typeof OwnConversation>

/** A conversation as staff see it, with the cart of its shopper: the answer of read_desk_conversation. */
export const DeskConversation = Conversation.extend({
  assigned_to: z.guid().nullable(),
  has_account: z.boolean(),
  cart: Cart,
})
export type DeskConversation = z.infer<typeof DeskConversation>

/** The conversations of one status: the answer of read_inbox. */
export const Inbox = z.object({
  open: z.int(),
  pending: z.int(),
  version: z.int(),
  conversations: z.array(
    z.object({
      ...facts,
      assigned_to: z.guid().nullable(),
      has_account: z.boolean(),
      latest: z.string().nullable(),
    }),
  ),
})
export type Inbox = z.infer<typeof Inbox>

const written = { body: z.string().max(2 * messageLength), idempotency_key: z.guid() }

/** A first message: about a product or an order by its id, about the cart, or about nothing of these. */
export const AskShop = z.object({
  about: About,
  about_id: z.guid().optional(),
  ...written,
})
export type AskShop = z.infer<typeof AskShop>

/** The next message of a shopper. */
export const SendMessage = z.object({ conversation_id: z.guid(), ...written })
export type SendMessage = z.infer<typeof SendMessage>

/** A reply of staff, or an internal note: the button that was pressed. */
export const AnswerShopper = z.object({
  conversation_id: z.guid(),
  ...written,
  as: z.enum(['reply', 'note']),
})

/** Resolves a conversation, opens it again, or assigns it to the caller. */
export const ChangeConversation = z.object({
  conversation_id: z.guid(),
  status: ConversationStatus.optional(),
  assign: z.literal('me').optional(),
  idempotency_key: z.guid(),
})
