import { refusalWords } from '@/components/staff/shell/refusal-words'
import type { MakeAnswer, MakeProblems } from '@/lib/domain/products/editing/new-product'

/** Problems of the fields, from the form or from the database. A taken web address is a problem of the title. */
export function problemsOf(answer: MakeAnswer | null): MakeProblems['problems'] {
  if (!answer || answer.ok) return {}
  const { problems, refusal } = answer.error
  if (refusal?.code !== 'invalid_input') return problems
  const { field, problem } = refusal.detail
  return field === 'handle' ? { title: 'is taken, or its web address is' } : { [field]: problem }
}

/** The message for the whole form; null when its fields have messages. */
export function makeTrouble(isUnanswered: boolean, answer: MakeAnswer | null): string | null {
  if (isUnanswered) return 'We couldn’t confirm that. Try again: it is saved only once.'
  const refusal = answer?.ok === false ? answer.error.refusal : null
  if (refusal && refusal.code !== 'invalid_input') return refusalWords(refusal, [])
  return Object.keys(problemsOf(answer)).length > 0
    ? 'The draft was not created. Correct the marked fields.'
    : null
}
