import { refusalWords } from '@/components/staff/shell/refusal-words'
import type { Form } from '@/lib/client/forms/use-form'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Location } from '@/lib/domain/stock/place'
import { formStatusWords } from './words'

/**
 * How the last request of a form fared, in words: pending, done, refused and why, or unanswered. Renders a live region,
 * empty at first.
 *
 * @param words why it was refused, where the usual sentence is not it.
 */
export function FormStatus({
  id,
  form,
  busy,
  done,
  unanswered = formStatusWords.unanswered,
  locations = [],
  words = refusalWords,
  className = 'text-fine text-soft empty:hidden',
}: {
  id?: string
  form: Pick<Form<{ ok: boolean; error?: Refusal } | null>, 'answer' | 'isPending' | 'isUnanswered'> & {
    isUnsent?: boolean
  }
  busy?: string | undefined
  done?: string | undefined
  unanswered?: string
  locations?: readonly Location[]
  words?: (refusal: Refusal, locations: readonly Location[]) => string
  className?: string
}) {
  const { answer, isPending, isUnanswered, isUnsent } = form
  const refusal = answer?.error
  const trouble = isPending
    ? null
    : isUnsent
      ? formStatusWords.unsent
      : isUnanswered
        ? unanswered
        : refusal
          ? words(refusal, locations)
          : null
  return (
    <p
      id={id}
      role="status"
      data-trouble={trouble ? true : undefined}
      className={`${className} data-trouble:text-danger`}
    >
      {trouble ?? (isPending ? busy : answer?.ok && done)}
    </p>
  )
}
