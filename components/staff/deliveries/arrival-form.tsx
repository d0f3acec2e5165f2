'use client'

import { type FormEvent, type KeyboardEvent, useRef } from 'react'
import { CodeHelp } from '@/components/staff/codes/code-help'
import { CodeLookup } from '@/components/staff/codes/code-lookup'
import { FormStatus } from '@/components/staff/forms/form-status'
import { CodeField, UnitsField } from '@/components/staff/forms/scan-fields'
import { Button } from '@/components/ui/actions/button'
import { SelectField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { receiveDelivery } from '@/lib/actions/staff/deliveries'
import { useForm } from '@/lib/client/forms/use-form'
import { type DeliveryRead, overReasons } from '@/lib/domain/deliveries/delivery'
import { arrivalFormWords, differenceWords } from './words'

/**
 * The form that receives units against a delivery: code, quantity, Enter. Units above the expected need a reason. Renders a `<form>`.
 */
export function ArrivalForm({
  deliveryId,
  onReceived,
}: {
  deliveryId: string
  onReceived: (read: DeliveryRead) => void
}) {
  const code = useRef<HTMLInputElement>(null)
  const quantity = useRef<HTMLInputElement>(null)
  const form = useForm(receiveDelivery, {
    requests: 'each',
    onAnswer: (answer) => answer.ok && onReceived(answer.data),
  })
  const refusal = form.answer?.ok === false ? form.answer.error : null

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    form.props.onSubmit(event)
    code.current?.select()
    code.current?.focus()
  }

  function focusNextField(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Enter') return
    event.preventDefault()
    quantity.current?.select()
    quantity.current?.focus()
  }

  return (
    <Stack as="form" gap={3} {...form.props} onSubmit={onSubmit} aria-label={arrivalFormWords.arrived}>
      <input type="hidden" name="delivery_id" value={deliveryId} />
      <div className="grid grid-cols-[1fr_5.5rem] items-end gap-3 desktop:grid-cols-[1fr_5.5rem_14rem_auto]">
        <CodeField ref={code} onKeyDown={focusNextField} />
        <UnitsField ref={quantity} name="quantity" title={arrivalFormWords.enterTheNumberOfUnits} />
        <SelectField
          label={arrivalFormWords.ifMoreArriveThanExpected}
          name="difference"
          aria-invalid={refusal?.code === 'delivery_over' || undefined}
          size="tall"
        >
          <option value="">{arrivalFormWords.askMe}</option>
          {overReasons.map((reason) => (
            <option key={reason} value={reason}>
              {differenceWords[reason]}
            </option>
          ))}
        </SelectField>
        <Button kind="primary" size="tall">
          {arrivalFormWords.receive}
        </Button>
      </div>
      <CodeLookup />
      <CodeHelp answer={form.isPending ? null : form.answer} />
      <FormStatus
        form={form}
        busy={arrivalFormWords.saving}
        done={arrivalFormWords.saved}
        unanswered={arrivalFormWords.weCouldntConfirmThatCheck}
        look="line"
      />
    </Stack>
  )
}
