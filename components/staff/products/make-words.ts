import { refusalWords } from '@/components/staff/shell/refusal-words'
import type { MakeAnswer } from '@/lib/domain/products/editing/new-product'

/** What is wrong with the fields, whoever found it. What the address is taken by, the title is. */
export function problemsOf(answer: MakeAnswer | null): Readonly<Record<string, string>> {
  if (!answer) return {}
  if (answer.refusal?.code !== 'invalid_input') return answer.problems
  const { field, problem } = answer.refusal.detail
  return field === 'handle' ? { title: 'is taken, or its web address is' } : { [field]: problem }
}

/** What is to be said of the form as a whole; null when its fields say it. */
export function makeTrouble(isUnanswered: boolean, answer: MakeAnswer | null): string | null {
  if (isUnanswered) return 'We couldn’t confirm that. Try again: it is saved only once.'
  if (answer?.refusal && answer.refusal.code !== 'invalid_input') return refusalWords(answer.refusal, [])
  return Object.keys(problemsOf(answer)).length > 0
    ? 'The draft was not created. Correct the marked fields.'
    : null
}
