'use client'

import { quietButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { closeDelivery } from '@/lib/actions/staff/deliveries'
import { useForm } from '@/lib/client/forms/use-form'
import type { DeliveryRead } from '@/lib/domain/deliveries/delivery'
import { closingFormWords } from './words'

/** Says that no more comes. The reasons stand at the lines, and name this form. Renders a `<form>`. */
export function ClosingForm({
  deliveryId,
  onClosed,
}: {
  deliveryId: string
  onClosed: (read: DeliveryRead) => void
}) {
  const form = useForm(closeDelivery, { onAnswer: (answer) => answer.ok && onClosed(answer.data) })
  return (
    <form
      {...form.props}
      id="closing"
      aria-label={closingFormWords.close}
      className="flex flex-wrap items-center gap-4"
    >
      <input type="hidden" name="delivery_id" value={deliveryId} />
      <button type="submit" className={quietButton}>
        {closingFormWords.closeDelivery}
      </button>
      <FormStatus form={form} className="text-small empty:hidden" />
    </form>
  )
}
