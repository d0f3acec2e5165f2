import type { Refusal } from '@/lib/domain/core/refusal'
import type { Location } from '@/lib/domain/stock/place'
import { refusalWords } from './refusal-words'
import { postedAnswerWords } from './words'

/** How the form fared that was posted without JavaScript. Renders a `<p>`, or nothing when none was. */
export function PostedAnswer({
  answer,
  locations,
}: {
  answer: { ok: true } | { ok: false; error: Refusal } | null
  locations: readonly Location[]
}) {
  if (!answer) return null
  return (
    <p
      role="alert"
      data-refused={!answer.ok || undefined}
      className="rounded-small border border-field bg-raised px-4 py-3 text-small data-refused:border-danger data-refused:text-danger"
    >
      {answer.ok ? postedAnswerWords.saved : refusalWords(answer.error, locations)}
    </p>
  )
}
