import { z } from 'zod'
import { Refusal } from '@/lib/domain/core/refusal'

/** How a form fared that was posted without JavaScript. The page it leads to shows what became of it. */
export const Posted = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: Refusal }),
])
