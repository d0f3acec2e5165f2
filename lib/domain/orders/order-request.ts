import { z } from 'zod'
import { SandboxBehaviour } from '@/lib/domain/checkout/sandbox'

/** Calling an order off. */
export const CancelOrder = z.object({ order_id: z.guid(), idempotency_key: z.guid() })

/** Having the sandbox provider answer in a certain way. */
export const PayInSandbox = z.object({ order_id: z.guid(), behaviour: SandboxBehaviour })
