import { refusalWords } from '@/components/staff/shell/refusal-words'
import { classes } from '@/components/ui/classes'
import type { Form } from '@/lib/client/forms/use-form'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Location } from '@/lib/domain/stock/place'
import { formStatusWords } from './words'

const looks = {
  note: 'text-fine text-soft empty:hidden',
  answer: 'text-small empty:hidden',
  line: 'min-h-6 font-medium text-small',
}

/**
 * The outcome of a form's last request, in words: pending, done, refused and why, or unanswered. Renders a live region,
 * empty at first.
 *
 * @param look `line` keeps its room while it is empty.
 * @param words the reason of a refusal, where the usual sentence does not fit.
 */
export function FormStatus({
  id,
  form,
  busy,
  done,
  unanswered = formStatusWords.unanswered,
  locations = [],
  words = refusalWords,
  look = 'note',
  className,
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
  look?: keyof typeof looks
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
      className={classes(looks[look], 'data-trouble:text-danger', className)}
    >
      {trouble ?? (isPending ? busy : answer?.ok && done)}
    </p>
  )
}
