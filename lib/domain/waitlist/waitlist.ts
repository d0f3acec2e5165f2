import { z } from 'zod'
import { RefusedForm } from '@/lib/domain/forms/refused-form'

/** An entry of a waitlist, as its person sees it: the answer of read_waitlist_entry. */
export const WaitlistEntry = z.object({
  status: z.enum(['unconfirmed', 'waiting', 'offered', 'accepted', 'lapsed']),
  /** When the offer ends or ended; null before there is one. */
  offered_until: z.string().nullable(),
  now: z.string(),
  /** How many wait before this person; null for an entry that does not wait. */
  ahead: z.int().nullable(),
  variant_id: z.guid(),
  sku: z.string(),
  option_values: z.array(z.string()),
  handle: z.string(),
  title: z.string(),
  price_minor: z.int(),
  currency: z.string(),
})
export type WaitlistEntry = z.infer<typeof WaitlistEntry>

/** A request to join the waitlist of a variant. A signed-in shopper sends no address. */
export const JoinWaitlist = z.object({
  variant_id: z.guid(),
  email: z.string().max(254).optional(),
  idempotency_key: z.guid(),
})

/** How joining ended: a guest confirms by e-mail first, an account is on the waitlist. */
export const WaitlistAnswer = z.union([z.object({ joined: z.enum(['to_confirm', 'in_line']) }), RefusedForm])
export type WaitlistAnswer = z.infer<typeof WaitlistAnswer>

/** The buttons of an entry's own page. */
export const AcceptOffer = z.object({ idempotency_key: z.guid() })
export const ConfirmWaitlist = z.object({})
export const LeaveWaitlist = z.object({})

/** The message for an entry's page after one of its buttons. */
export const EntryAnswer = z.union([z.object({ left: z.literal(true) }), RefusedForm])
export type EntryAnswer = z.infer<typeof EntryAnswer>

/** The waitlist of a variant as staff see it: the answer of read_waitlist. */
export const Waitlist = z.object({
  in_line: z.int(),
  entries: z.array(
    z.object({
      id: z.int(),
      status: z.enum(['waiting', 'offered']),
      place: z.int(),
      created_at: z.string(),
      offered_until: z.string().nullable(),
      has_account: z.boolean(),
    }),
  ),
})
export type Waitlist = z.infer<typeof Waitlist>
