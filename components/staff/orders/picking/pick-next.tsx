'use client'

import { primaryButton } from '@/components/staff/forms/controls'
import { nothingWaitsWords } from '@/components/staff/orders/words'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { pickNext, postPickNext } from '@/lib/actions/staff/order-desk'
import { useFormAction } from '@/lib/client/forms/use-form-action'
import { pickNextWords } from './words'

const doors = { call: pickNext, post: postPickNext }

/** Takes the order that has waited longest, at one location or anywhere, and leads to it. Renders a `<form>`. */
export function PickNext({ locationId, firstKey }: { locationId: string; firstKey: string }) {
  const { answer, isPending, isUnanswered, props } = useFormAction(doors)
  return (
    <form {...props} aria-busy={isPending} className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <input type="hidden" name="location_id" value={locationId} />
      <input type="hidden" name="idempotency_key" value={firstKey} />
      <button type="submit" className={primaryButton}>
        {isPending ? pickNextWords.searching : pickNextWords.pickTheNextOrder}
      </button>
      <p role="status" className="text-fine text-soft empty:hidden">
        {isUnanswered && pickNextWords.weCouldntConfirmThatTry}
        {answer?.ok && answer.nothingWaits && nothingWaitsWords}
        {answer && !answer.ok && refusalWords(answer.error, [])}
      </p>
    </form>
  )
}
