import { z } from 'zod'
import { SandboxBehaviour } from '@/lib/domain/checkout/sandbox'

/** Calling an order off. */
export const CancelOrder = z.object({ order_id: z.guid(), idempotency_key: z.guid() })

/** Erasing the person from a guest's order. */
export const EraseOrder = z.object({ order_id: z.guid(), idempotency_key: z.guid(), sure: z.literal('on') })

/** How a request to erase the person from an order ended: at once, once the order is finished, or not. */
export const ErasedOrder = z.object({ erased: z.enum(['now', 'later', 'not_confirmed', 'refused']) })
export type ErasedOrder = z.infer<typeof ErasedOrder>

/** Withdrawing from the contract: of the items that are named, or of all of them. */
export const WithdrawFromContract = z.object({
  order_id: z.guid(),
  idempotency_key: z.guid(),
  items: z.string().trim().max(500).exactOptional(),
})
export type WithdrawFromContract = z.infer<typeof WithdrawFromContract>

/** Why a withdrawal was not saved. */
export const WithdrawalAttempt = z.object({ withdrawal: z.enum(['too_long', 'refused']) })
export type WithdrawalAttempt = z.infer<typeof WithdrawalAttempt>

/** Having the sandbox provider answer in a certain way. */
export const PayInSandbox = z.object({ order_id: z.guid(), behaviour: SandboxBehaviour })
