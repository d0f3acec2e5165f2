import { z } from 'zod'
import { fieldsIn } from '@/lib/domain/forms/form-fields'
import { Order } from '@/lib/domain/orders/order'

/** The kinds of e-mail about an order (docs/mail.md). */
export const MailKind = z.enum([
  'order_placed',
  'order_ready',
  'order_sent',
  'order_reduced',
  'order_cancelled',
  'order_refunded',
  'payment_declined',
])
export type MailKind = z.infer<typeof MailKind>

/** A message that this server has leased: the answer of take_mail. */
export const DueMail = z.object({
  /** The id of the order event that caused it. */
  message_id: z.int(),
  lease: z.guid(),
  kind: MailKind,
  event: Order.shape.events.element,
  order: Order,
  /** Opens a guest's order; null for the order of an account. */
  order_token: z.string().nullable(),
  collect_at: z.object({ name: z.string(), address: z.string().nullable() }).nullable(),
})
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
      order_id: z.guid(),
      number: z.int(),
      email: z.string(),
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
