import { z } from 'zod'

/** The form that deletes an account. */
export const ErasureRequest = z.object({ idempotency_key: z.guid(), sure: z.literal('on') })

/** How an attempt to delete an account ended without doing so. */
export const ErasureAttempt = z.object({ refusal: z.enum(['not_confirmed', 'last_manager']) })
export type ErasureAttempt = z.infer<typeof ErasureAttempt>

/** The orders that a deleted account leaves: how many, and how many of them are not finished. */
export const ErasedAccount = z.object({ orders: z.int(), unfinished: z.int() })
export type ErasedAccount = z.infer<typeof ErasedAccount>
