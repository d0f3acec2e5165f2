import { z } from 'zod'
import { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'

/** The refusal of a form, for the page that it leads back to without JavaScript. */
export const RefusedForm = z.object({ refusal: Refusal })
export type RefusedForm = z.infer<typeof RefusedForm>

/** The message that a form leaves for that page; none after it was accepted. */
export function refusedForm(answer: Result<unknown>): RefusedForm | null {
  return answer.ok ? null : { refusal: answer.error }
}
