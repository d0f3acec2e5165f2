import { z } from 'zod'
import { fieldsIn } from '@/lib/domain/forms/form-fields'
import { Order } from '@/lib/domain/orders/order'

/** The kinds of e-mail about an order (docs/mail.md). */
const OrderMailKind = z.enum([
  'order_placed',
  'order_ready',
  'order_sent',
  'order_reduced',
  'order_cancelled',
  'order_refunded',
  'payment_declined',
  'payment_reminder',
  'withdrawal_received',
])

/** The kinds of e-mail about an account or an address: links of Auth, invitations of staff, waitlists, answers. */
const AccountMailKind = z.enum([
  'confirm_address',
  'reset_password',
  'change_address',
  'staff_invitation',
  'waitlist_confirm',
  'waitlist_offer',
  'shop_answered',
])

export const MailKind = z.enum([...OrderMailKind.options, ...AccountMailKind.options])
export type MailKind = z.infer<typeof MailKind>

/** A message of the outbox, and the lease of the server that sends it. */
const leased = { message_id: z.int(), lease: z.guid() }

/** A message about an order that this server has leased. */
export const DueOrderMail = z.object({
  ...leased,
  kind: OrderMailKind,
  /** The order event that caused it. */
  event: Order.shape.events.element,
  order: Order,
  /** Opens a guest's order; null for the order of an account. */
  order_token: z.string().nullable(),
  collect_at: z.object({ name: z.string(), address: z.string().nullable() }).nullable(),
})
export type DueOrderMail = z.infer<typeof DueOrderMail>

/** A message about an account that this server has leased. */
export const DueAccountMail = z.object({
  ...leased,
  kind: AccountMailKind,
  account: z.object({
    to: z.string(),
    /** The secret of its link; of an answer, the conversation. */
    token: z.string(),
    /** Of a change of address: the new one. */
    new_address: z.string().optional(),
    /** Of an invitation: the invited person, and the manager who invites. */
    name: z.string().optional(),
    invited_by: z.string().optional(),
    /** Of a waitlist: the variant, and when the offer ends. */
    title: z.string().optional(),
    option_values: z.array(z.string()).optional(),
    offered_until: z.string().nullish(),
  }),
})
export type DueAccountMail = z.infer<typeof DueAccountMail>

/** One message in the answer of take_mail. */
export const DueMail = z.union([DueOrderMail, DueAccountMail])
export type DueMail = z.infer<typeof DueMail>

/** The outbox as managers see it: the answer of read_mail. */
export const Outbox = z.object({
  waiting: z.int(),
  oldest_waiting_at: z.string().nullable(),
  failed: z.int(),
  messages: z.array(
    z.object({
      message_id: z.int(),
      kind: MailKind,
      status: z.enum(['waiting', 'sent', 'failed']),
      attempts: z.int(),
      error: z.string().nullable(),
      created_at: z.string(),
      /** Null for a message about an account, whose address is not kept. */
      order_id: z.guid().nullable(),
      number: z.int().nullable(),
      email: z.string().nullable(),
    }),
  ),
})
export type Outbox = z.infer<typeof Outbox>

/** Failed messages that a manager selected, as the form sends them. */
export const MailToSend = z.object({
  message_ids: z.array(z.coerce.number().int()).min(1).max(200),
  idempotency_key: z.guid(),
})

export function mailFields(form: FormData): unknown {
  return { ...fieldsIn(form), message_ids: form.getAll('message') }
}
