import { z } from 'zod'
import { fieldsIn } from '@/lib/domain/forms/form-fields'
import { Code } from '@/lib/domain/stock/code-lines'

const Key = z.guid()
const Units = z.coerce.number().int().min(0).max(1_000_000)

/** The scope of a count in its form: a category, a shelf by its name, or else the whole location. */
export const StartOfCount = z.object({
  location_id: z.guid(),
  category: z.string().max(120).exactOptional(),
  shelf: z.string().trim().min(1).max(120).exactOptional(),
  blind: z.literal('on').exactOptional(),
  idempotency_key: Key,
})
export type StartOfCount = z.infer<typeof StartOfCount>

/** Entries of one device, oldest first. */
export const SentEntries = z
  .array(
    z.object({
      id: Key,
      code: Code,
      units: Units,
      began_ms: z.int().min(0),
      ended_ms: z.int().min(0),
      withdrawn: z.boolean(),
    }),
  )
  .min(1)
  .max(500)

export const MovementAnswer = z.object({
  count_id: z.guid(),
  movement_id: z.coerce.number().int(),
  had_happened: z.enum(['yes', 'no']),
})

/** A manager's decision on a count, or a counter's cancellation. `left_out` are variants whose lines are not saved. */
export const CountDecision = z.object({
  count_id: z.guid(),
  decision: z.enum(['approve', 'reverse', 'abandon']),
  left_out: z.array(z.guid()).max(5000),
  idempotency_key: Key,
})
export type CountDecision = z.infer<typeof CountDecision>

export function decisionFields(form: FormData): unknown {
  return { ...fieldsIn(form), left_out: form.getAll('left_out') }
}
