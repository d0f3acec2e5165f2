import { z } from 'zod'
import { liveList } from '@/lib/domain/live/live-list'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'

/** A supplier's delivery, or a transfer between locations: exactly one of the two sources is set. */
export const Delivery = z.object({
  id: z.guid(),
  number: z.int(),
  from_location_id: z.guid().nullable(),
  supplier: z.string().nullable(),
  to_location_id: z.guid(),
  document: z.string().nullable(),
  expected_on: z.string().nullable(),
  status: z.enum(['expected', 'closed']),
  version: z.int(),
  created_at: z.string(),
})
export type Delivery = z.infer<typeof Delivery>

const deliveries: LiveSource<Delivery> = {
  table: 'deliveries',
  columns: Object.keys(Delivery.shape),
  parse: (candidate) => Delivery.safeParse(candidate).data ?? null,
  by: 'id',
  id: (row) => row.id,
  version: (row) => row.version,
}

/** Deliveries with outstanding units. */
export const expectedDeliveries = liveList<Delivery>(
  { ...deliveries, by: 'number' },
  { pageSize: 100, only: { where: 'status=eq.expected', has: ({ status }) => status === 'expected' } },
)

/** One delivery. Its version moves with every line of it: what there is to read has changed. */
export function deliveryOf(id: string): LiveQuery<Delivery> {
  return liveQuery(deliveries, [id])
}

export const shortReasons = ['not_sent', 'lost', 'damaged'] as const
export const overReasons = ['extra', 'swapped'] as const

/** Units of one variant: announced, received, given up, and still to come. */
export const DeliveryLine = z.object({
  variant_id: z.guid(),
  title: z.string(),
  option_values: z.array(z.string()),
  sku: z.string(),
  barcode: z.string().nullable(),
  expected: z.int(),
  received: z.int(),
  missing: z.int(),
  outstanding: z.int(),
  difference: z.enum([...shortReasons, ...overReasons]).nullable(),
})
export type DeliveryLine = z.infer<typeof DeliveryLine>

export const DeliveryRead = z.object({
  delivery: Delivery,
  lines: z.array(DeliveryLine),
  /** The delivery's history, latest first; `units` for events that moved any. */
  events: z.array(
    z.object({
      id: z.int(),
      kind: z.enum(['announced', 'sent', 'received', 'closed']),
      actor: z.guid(),
      created_at: z.string(),
      units: z.int().nullable(),
      /** Lots and dates that were scanned with the units. */
      notes: z.array(z.string()),
    }),
  ),
})
export type DeliveryRead = z.infer<typeof DeliveryRead>

/** Units of our own that left another location for this one and have not arrived. */
export const InTransit = z.object({
  variant_id: z.guid(),
  location_id: z.guid(),
  units: z.int(),
  version: z.int(),
})
export type InTransit = z.infer<typeof InTransit>

const inTransit: LiveSource<InTransit> = {
  table: 'in_transit',
  columns: Object.keys(InTransit.shape),
  parse: (candidate) => InTransit.safeParse(candidate).data ?? null,
  by: 'variant_id',
  id: (row) => `${row.variant_id}@${row.location_id}`,
  version: (row) => row.version,
}

/** Units of a variant in transit, with their destination. */
export function inTransitOf(variantId: string): LiveQuery<InTransit> {
  return liveQuery(inTransit, [variantId])
}
