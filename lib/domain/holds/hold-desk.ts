import { z } from 'zod'

// The desk for holds: which guest and which network holds how much, and what staff do about it.

const Hold = z.object({
  cart_id: z.guid(),
  guest: z.string(),
  is_account: z.boolean(),
  network: z.string().nullable(),
  variant_id: z.guid(),
  title: z.string(),
  option_values: z.array(z.string()),
  sku: z.string(),
  units: z.int(),
  since: z.string().nullable(),
  until: z.string(),
})

export const HoldDesk = z.object({
  /** The largest, 200 at most. */
  holds: z.array(Hold),
  guests: z.array(
    z.object({
      cart_id: z.guid(),
      guest: z.string(),
      is_account: z.boolean(),
      network: z.string().nullable(),
      units: z.int(),
      variants: z.int(),
    }),
  ),
  networks: z.array(z.object({ network: z.string(), units: z.int(), guests: z.int() })),
  blocks: z.array(
    z.object({
      subject: z.string(),
      reason: z.string(),
      blocked_at: z.string(),
      expires_at: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
  now: z.string(),
})
export type HoldDesk = z.infer<typeof HoldDesk>

/** The filter of the page. An unknown value filters nothing. */
export const HoldFilter = z.object({
  network: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional()
    .catch(undefined),
  cart: z.guid().optional().catch(undefined),
  variant: z.guid().optional().catch(undefined),
})
export type HoldFilter = z.infer<typeof HoldFilter>

/** The orders that are cancelled together, and how many of them a manager has seen. */
export const OrderFilter = z
  .object({
    network: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional(),
    email: z.string().trim().toLowerCase().max(254).optional(),
    hours: z.coerce.number().int().min(1).max(1440).optional(),
  })
  .refine(({ network, email, hours }) => network ?? email ?? hours, 'missing')
export type OrderFilter = z.infer<typeof OrderFilter>

export const UnpaidOrders = z.object({ orders: z.int(), units: z.int(), total_minor: z.int() })

/** How staff name a network: the first six digits of its hash. */
export const networkLabel = (network: string) => network.slice(0, 6)
