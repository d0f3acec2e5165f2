import { z } from 'zod'

const Variant = z.object({ title: z.string(), option_values: z.array(z.string()), sku: z.string() })

const common = {
  id: z.int(),
  variant_id: z.guid().nullable(),
  delivery_id: z.guid().nullable(),
  owner: z.guid().nullable(),
  acknowledged_at: z.string().nullable(),
  snoozed_until: z.string().nullable(),
  resolved_at: z.string().nullable(),
  created_at: z.string(),
  version: z.int(),
}

/**
 * A condition that needs attention, with its evidence. The rules are in SQL (private.pace_alerts and its neighbours).
 */
export const Alert = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('unusual_pace'),
    /** Units since a moment, and how many are usual in such a time. */
    evidence: z.object({ variant: Variant, sold: z.int(), since: z.string(), usual: z.number() }),
  }),
  z.object({
    ...common,
    kind: z.literal('no_document'),
    evidence: z.object({
      variant: Variant,
      location_id: z.guid(),
      units: z.int(),
      movements: z.int(),
      actor: z.guid(),
      last_at: z.string(),
    }),
  }),
  z.object({
    ...common,
    kind: z.literal('hoarding'),
    /** Of one variant, or of the whole shop. `carts`: how many the units are in. */
    evidence: z.object({
      variant: Variant.nullable(),
      held: z.int(),
      left: z.int(),
      until: z.string(),
      location_id: z.guid().nullable(),
      carts: z.int(),
    }),
  }),
  z.object({
    ...common,
    kind: z.literal('drift'),
    evidence: z.object({
      variant: Variant.nullable(),
      aggregate: z.string(),
      rows: z.int(),
      expected: z.unknown(),
      actual: z.unknown(),
    }),
  }),
  z.object({
    ...common,
    kind: z.literal('late_delivery'),
    evidence: z.object({
      number: z.int(),
      supplier: z.string().nullable(),
      from_location_id: z.guid().nullable(),
      to_location_id: z.guid(),
      expected_on: z.string(),
      outstanding: z.int(),
    }),
  }),
])
export type Alert = z.infer<typeof Alert>

/** The columns fetched of an alert. */
export const alertColumns = [...Object.keys(common), 'kind', 'evidence']

/** For how long an alert may be put off, in hours. */
export const snoozes = [1, 24, 168] as const

export const OfAlert = z.object({ alert_id: z.coerce.number().int(), idempotency_key: z.guid() })
export const AlertAssignment = OfAlert.extend({ owner: z.guid() })
export const AlertSnooze = OfAlert.extend({ hours: z.coerce.number().int().min(1).max(720) })
