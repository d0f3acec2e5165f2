import { z } from 'zod'
import { OrderStatus } from '@/lib/domain/orders/order'
import { type Source, SourceKind } from './source'
import { movementReasons } from './stock'

export const quantities = ['on_hand', 'held', 'committed', 'safety', 'available'] as const
export const Quantity = z.enum(quantities)
export type Quantity = z.infer<typeof Quantity>

/** The question: a quantity of one variant at one location, now or (as an ISO time) at a past moment. */
export const ExplainQuestion = z.object({
  variant_id: z.guid(),
  location_id: z.guid(),
  quantity: Quantity,
  at: z.iso.datetime({ offset: true }).nullable().default(null),
})
export type ExplainQuestion = z.infer<typeof ExplainQuestion>

const Units = { units: z.int() }
const Moment = z.string()

/** Something a quantity is made of; `units` counts with its sign. */
export const Part = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('movement'),
    ...Units,
    id: z.int(),
    reason: z.enum(movementReasons),
    document: z.string().nullable(),
    source_kind: SourceKind,
    source_id: z.guid().nullable(),
    note: z.string().nullable(),
    actor: z.guid(),
    at: Moment,
    /** The other end of a transfer. */
    other_location_id: z.guid().nullable(),
  }),
  /** All movements before those told one by one. */
  z.object({ kind: z.literal('earlier'), ...Units, movements: z.int(), at: Moment }),
  /** Of a cart. Its end and its contents (units, minor units of money) are known of now alone. */
  z.object({
    kind: z.literal('hold'),
    ...Units,
    since: Moment.nullable(),
    expires_at: Moment.nullable(),
    cart_value_minor: z.int().nullable(),
    cart_units: z.int().nullable(),
  }),
  z.object({
    kind: z.literal('order'),
    ...Units,
    since: Moment.nullable(),
    expires_at: Moment.nullable(),
    order_id: z.guid(),
    number: z.int(),
    /** As it is today, also in an explanation of the past. */
    status: OrderStatus,
    name: z.string(),
  }),
  z.object({ kind: z.literal('kept_back'), ...Units }),
  /** Another quantity of the same level, with its own parts. */
  z.object({ kind: z.literal('quantity'), ...Units, quantity: Quantity }),
])
export type Part = z.infer<typeof Part>

/** A quantity and what it is made of, read in one snapshot at `asked_at`. */
export const Explanation = z.object({
  variant_id: z.guid(),
  location_id: z.guid(),
  quantity: Quantity,
  at: Moment.nullable(),
  asked_at: Moment,
  units: z.int(),
  parts: z.array(Part),
  currency: z.string(),
})
export type Explanation = z.infer<typeof Explanation>

/** Whether the shown parts add up. They always should; if not, the page must report it. */
export function addsUp({ units, parts }: Explanation): boolean {
  return parts.reduce((sum, part) => sum + part.units, 0) === units
}

/** The document that a part belongs to; null when there is none. */
export function sourceOf(part: Part): Source | null {
  if (part.kind === 'order') return { source_kind: 'order', source_id: part.order_id }
  return part.kind === 'movement' ? part : null
}

/** The page that answers, for who has no JavaScript or wants to pass the link on. */
export function explainAddress({
  variant_id,
  location_id,
  quantity,
  at,
}: Omit<ExplainQuestion, 'at'> & { at?: string | null }): string {
  const query = new URLSearchParams({ location: location_id, quantity, ...(at && { at }) })
  return `/staff/variants/${variant_id}/explain?${query}`
}
