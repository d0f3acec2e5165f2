'use client'

import { FormStatus } from '@/components/staff/forms/form-status'
import { Button } from '@/components/ui/actions/button'
import { Row } from '@/components/ui/layout/row'
import { closeDelivery } from '@/lib/actions/staff/deliveries'
import { useForm } from '@/lib/client/forms/use-form'
import type { DeliveryRead } from '@/lib/domain/deliveries/delivery'
import { closingFormWords } from './words'

/** Closes a delivery. The reasons are at the lines, whose fields name this form. Renders a `<form>`. */
export function ClosingForm({
  deliveryId,
  onClosed,
}: {
  deliveryId: string
  onClosed: (read: DeliveryRead) => void
}) {
  const form = useForm(closeDelivery, { onAnswer: (answer) => answer.ok && onClosed(answer.data) })
  return (
    <Row as="form" gap={4} align="center" {...form.props} id="closing" aria-label={closingFormWords.close}>
      <input type="hidden" name="delivery_id" value={deliveryId} />
      <Button>{closingFormWords.closeDelivery}</Button>
      <FormStatus form={form} look="answer" />
    </Row>
  )
}
