import { refusalWords } from '@/components/staff/shell/refusal-words'
import type { MakeAnswer } from '@/lib/domain/products/editing/new-product'

/** Problems of the fields, from the form or from the database. A taken web address is a problem of the title. */
export function problemsOf(answer: MakeAnswer | null): Readonly<Record<string, string>> {
  if (!answer) return {}
  if (answer.refusal?.code !== 'invalid_input') return answer.problems
  const { field, problem } = answer.refusal.detail
  return field === 'handle' ? { title: 'is taken, or its web address is' } : { [field]: problem }
}

/** The message for the whole form; null when its fields have messages. */
export function makeTrouble(isUnanswered: boolean, answer: MakeAnswer | null): string | null {
  if (isUnanswered) return 'We couldn’t confirm that. Try again: it is saved only once.'
  if (answer?.refusal && answer.refusal.code !== 'invalid_input') return refusalWords(answer.refusal, [])
  return Object.keys(problemsOf(answer)).length > 0
    ? 'The draft was not created. Correct the marked fields.'
    : null
}
