import type { Location } from '@/lib/domain/place'
import { refusalWords } from './refusal-words'
import type { StockForm } from './use-stock-form'

/** How the last change fared, in words: on its way, booked, refused and why. Renders a live region, empty at first. */
export function StockFormStatus({ form, locations }: { form: StockForm; locations: readonly Location[] }) {
  const trouble = form.error ?? (form.refusal && refusalWords(form.refusal, locations))
  return (
    <p
      role="status"
      data-trouble={trouble ? true : undefined}
      className="text-fine text-soft empty:hidden data-trouble:text-danger"
    >
      {trouble ?? (form.isPending ? 'Booking…' : form.booked > 0 ? 'Booked.' : null)}
    </p>
  )
}
