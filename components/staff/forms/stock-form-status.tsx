import { refusalWords } from '@/components/staff/shell/refusal-words'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Location } from '@/lib/domain/stock/place'
import type { StockForm } from './use-stock-form'
import { stockFormStatusWords } from './words'

/**
 * How the last change fared, in words: on its way, booked, refused and why. Renders a live region, empty at first.
 *
 * @param posted why the change was refused that led to this page, without JavaScript.
 */
export function StockFormStatus({
  id,
  form,
  posted,
  locations,
}: {
  id?: string
  form: StockForm
  posted?: Refusal | undefined
  locations: readonly Location[]
}) {
  const isFirst = !form.isPending && form.booked === 0
  const refusal = form.refusal ?? (isFirst ? posted : null)
  const trouble = form.error ?? (refusal && refusalWords(refusal, locations))
  return (
    <p
      id={id}
      role="status"
      data-trouble={trouble ? true : undefined}
      className="text-fine text-soft empty:hidden data-trouble:text-danger"
    >
      {trouble ??
        (form.isPending ? stockFormStatusWords.saving : form.booked > 0 ? stockFormStatusWords.saved : null)}
    </p>
  )
}
