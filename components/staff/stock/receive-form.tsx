'use client'

import { useState } from 'react'
import { CodeHelp } from '@/components/staff/codes/code-help'
import { CodeLines, fieldsOf, goOn } from '@/components/staff/forms/code-lines'
import { fieldBox, labelText, primaryButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { LocationSelect } from '@/components/staff/forms/location-select'
import { formStatusWords } from '@/components/staff/forms/words'
import { receiveStock } from '@/lib/actions/staff/stock'
import { useForm } from '@/lib/client/forms/use-form'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { stockLevels } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import { receiveFormWords } from './words'

/**
 * A delivery that nobody announced: its note, where it arrived, and lines named by SKU or barcode. All lines are booked or
 * none. Renders a `<form>`.
 */
export function ReceiveForm({ locations }: { locations: readonly Location[] }) {
  const [received, setReceived] = useState(0)
  const form = useForm(receiveStock, {
    applyOptimistic: useOptimisticRows(stockLevels),
    onAnswer: (answer, { form: sent }) => {
      if (!answer.ok) return
      setReceived((count) => count + 1)
      sent?.reset()
      if (sent) fieldsOf(sent)[0]?.focus()
    },
  })

  return (
    <form {...form.props} aria-label={receiveFormWords.delivery} className="grid max-w-176 gap-6">
      <div className="grid gap-4 tablet:grid-cols-2">
        <label className="grid gap-1">
          <span className={labelText}>{receiveFormWords.deliveryNote}</span>
          <input
            name="document"
            required
            maxLength={120}
            autoComplete="off"
            className={fieldBox}
            onKeyDown={goOn}
          />
        </label>
        <LocationSelect label={receiveFormWords.arrivedAt} locations={locations} />
      </div>
      <CodeLines key={received} />
      <CodeHelp answer={form.isPending ? null : form.answer} />
      <div className="flex flex-wrap items-center gap-4">
        <button type="submit" className={primaryButton}>
          {receiveFormWords.receiveDelivery}
        </button>
        <FormStatus
          form={form}
          busy={formStatusWords.saving}
          done={formStatusWords.saved}
          locations={locations}
        />
      </div>
    </form>
  )
}
