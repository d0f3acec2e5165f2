'use client'

import { type FormEvent, type KeyboardEvent, useRef } from 'react'
import { CodeHelp } from '@/components/staff/codes/code-help'
import { fieldBox, labelText, primaryButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { CodeField, UnitsField } from '@/components/staff/forms/scan-fields'
import { receiveDelivery } from '@/lib/actions/staff/deliveries'
import { useForm } from '@/lib/client/forms/use-form'
import { type DeliveryRead, overReasons } from '@/lib/domain/deliveries/delivery'
import { arrivalFormWords, differenceWords } from './words'

/**
 * The form that receives units against a delivery: code, quantity, Enter. Units above the expected need a reason. Renders a `<form>`.
 */
export function ArrivalForm({
  deliveryId,
  onBooked,
}: {
  deliveryId: string
  onBooked: (read: DeliveryRead) => void
}) {
  const code = useRef<HTMLInputElement>(null)
  const quantity = useRef<HTMLInputElement>(null)
  const form = useForm(receiveDelivery, {
    requests: 'each',
    onAnswer: (answer) => answer.ok && onBooked(answer.data),
  })
  const refusal = form.answer?.ok === false ? form.answer.error : null

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    form.props.onSubmit(event)
    code.current?.select()
    code.current?.focus()
  }

  function goOn(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Enter') return
    event.preventDefault()
    quantity.current?.select()
    quantity.current?.focus()
  }

  return (
    <form {...form.props} onSubmit={onSubmit} aria-label={arrivalFormWords.arrived} className="grid gap-3">
      <input type="hidden" name="delivery_id" value={deliveryId} />
      <div className="grid grid-cols-[1fr_5.5rem] items-end gap-3 desktop:grid-cols-[1fr_5.5rem_14rem_auto]">
        <CodeField ref={code} onKeyDown={goOn} />
        <UnitsField ref={quantity} name="quantity" title={arrivalFormWords.enterTheNumberOfUnits} />
        <label className="grid gap-1">
          <span className={labelText}>{arrivalFormWords.ifMoreArriveThanExpected}</span>
          <select
            name="difference"
            aria-invalid={refusal?.code === 'delivery_over' || undefined}
            className={`${fieldBox} h-12 aria-invalid:border-danger`}
          >
            <option value="">{arrivalFormWords.askMe}</option>
            {overReasons.map((reason) => (
              <option key={reason} value={reason}>
                {differenceWords[reason]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className={`${primaryButton} h-12`}>
          {arrivalFormWords.receive}
        </button>
      </div>
      <CodeHelp answer={form.isPending ? null : form.answer} />
      <FormStatus
        form={form}
        busy={arrivalFormWords.saving}
        done={arrivalFormWords.saved}
        unanswered={arrivalFormWords.weCouldntConfirmThatCheck}
        className="min-h-6 text-small text-soft"
      />
    </form>
  )
}
