import type { z } from 'zod'
import type { Refusal } from '@/lib/domain/core/refusal'

/** The first field of a form that cannot be taken, in the shape SQL names one. */
export function invalidInput(error: z.ZodError): Extract<Refusal, { code: 'invalid_input' }> {
  const issue = error.issues[0]
  const field = (issue?.path ?? []).reduce<string>(
    (path, step) =>
      typeof step === 'number' ? `${path}[${step}]` : path ? `${path}.${String(step)}` : String(step),
    '',
  )
  return { code: 'invalid_input', detail: { field, problem: issue?.message ?? 'missing' } }
}
