'use client'

import { CodeLines, fieldsOf, goOn } from '@/components/staff/forms/code-lines'
import { fieldBox, labelText, primaryButton } from '@/components/staff/forms/controls'
import { LocationSelect } from '@/components/staff/forms/location-select'
import { StockFormStatus } from '@/components/staff/forms/stock-form-status'
import { type StockDoors, useStockForm } from '@/components/staff/forms/use-stock-form'
import { postDelivery, receive } from '@/lib/actions/staff/stock'
import type { Location } from '@/lib/domain/stock/place'
import { receiveFormWords } from './words'

const doors: StockDoors = { call: receive, post: postDelivery }

/**
 * A delivery that nobody announced: its note, where it arrived, and lines named by SKU or barcode. All lines are booked or
 * none. Renders a `<form>`.
 */
export function ReceiveForm({ locations, firstKey }: { locations: readonly Location[]; firstKey: string }) {
  const form = useStockForm(doors, undefined, (booked) => {
    booked.reset()
    fieldsOf(booked)[0]?.focus()
  })

  return (
    <form {...form.props} aria-label={receiveFormWords.delivery} className="grid max-w-176 gap-6">
      <input type="hidden" name="idempotency_key" value={firstKey} />
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
      <CodeLines key={form.booked} />
      <div className="flex flex-wrap items-center gap-4">
        <button type="submit" className={primaryButton}>
          {receiveFormWords.receiveDelivery}
        </button>
        <StockFormStatus form={form} locations={locations} />
      </div>
    </form>
  )
}
