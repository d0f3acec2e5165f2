'use client'

import { quietButton } from '@/components/staff/forms/controls'
import { refusalWords } from '@/components/staff/shell/refusal-words'
import { close, postClosing } from '@/lib/actions/staff/deliveries'
import { type FormDoors, useFormAction } from '@/lib/client/forms/use-form-action'
import type { Result } from '@/lib/domain/core/result'
import type { DeliveryRead } from '@/lib/domain/deliveries/delivery'
import { closingFormWords } from './words'

const doors: FormDoors<Result<DeliveryRead>> = { call: close, post: postClosing }

/** Says that no more comes. The reasons stand at the lines, and name this form. Renders a `<form>`. */
export function ClosingForm({
  deliveryId,
  firstKey,
  onClosed,
}: {
  deliveryId: string
  firstKey: string
  onClosed: (read: DeliveryRead) => void
}) {
  const form = useFormAction(doors, { onAnswer: (answer) => answer.ok && onClosed(answer.data) })
  const refused = form.answer?.ok === false ? refusalWords(form.answer.error, []) : null
  return (
    <form
      {...form.props}
      id="closing"
      aria-label={closingFormWords.close}
      className="flex flex-wrap items-center gap-4"
    >
      <input type="hidden" name="delivery_id" value={deliveryId} />
      <input type="hidden" name="idempotency_key" value={firstKey} />
      <button type="submit" className={quietButton}>
        {closingFormWords.closeDelivery}
      </button>
      <p role="status" className="text-danger text-small empty:hidden">
        {refused ?? (form.isUnanswered ? closingFormWords.weCouldntConfirmThatTry : null)}
      </p>
    </form>
  )
}
