'use client'

import { type KeyboardEvent, useState } from 'react'
import { postDelivery, receive } from '@/lib/actions/stock'
import type { Location } from '@/lib/domain/place'
import { fieldBox, labelText, primaryButton } from './controls'
import { StockFormStatus } from './stock-form-status'
import { type StockDoors, useStockForm } from './use-stock-form'

const firstLines = 6

const doors: StockDoors = { call: receive, post: postDelivery }

/**
 * A delivery: its note, where it arrived, and lines named by SKU or barcode. A scanner is a keyboard: Enter goes to the
 * next field, and there is always one more line. All lines are booked or none. Renders a `<form>`.
 */
export function ReceiveForm({ locations, firstKey }: { locations: readonly Location[]; firstKey: string }) {
  const [lines, setLines] = useState(firstLines)
  const form = useStockForm(doors, undefined, (booked) => {
    booked.reset()
    setLines(firstLines)
    fieldsOf(booked)[0]?.focus()
  })

  function goOn(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !event.currentTarget.form) return
    event.preventDefault()
    const fields = fieldsOf(event.currentTarget.form)
    fields[fields.indexOf(event.currentTarget) + 1]?.focus()
  }

  return (
    <form {...form.props} aria-label="Delivery" className="grid max-w-176 gap-6">
      <input type="hidden" name="idempotency_key" value={firstKey} />
      <div className="grid gap-4 tablet:grid-cols-2">
        <label className="grid gap-1">
          <span className={labelText}>Delivery note</span>
          <input
            name="document"
            required
            maxLength={120}
            autoComplete="off"
            className={fieldBox}
            onKeyDown={goOn}
          />
        </label>
        <label className="grid gap-1">
          <span className={labelText}>Arrived at</span>
          <select name="location_id" className={fieldBox}>
            {locations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset className="grid gap-2">
        <legend className={`${labelText} mb-1`}>Lines: SKU or barcode, then units</legend>
        {Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place on the note
          <div key={line} className="grid grid-cols-[1fr_6rem] gap-3">
            <input
              name="code"
              maxLength={120}
              autoComplete="off"
              aria-label={`Line ${line + 1}: SKU or barcode`}
              className={`${fieldBox} figures`}
              onKeyDown={goOn}
              onChange={() => setLines((count) => Math.max(count, line + 2))}
            />
            <input
              name="quantity"
              inputMode="numeric"
              pattern="[0-9]+"
              title="How many units: a whole number from 1"
              autoComplete="off"
              aria-label={`Line ${line + 1}: units`}
              className={`${fieldBox} figures text-right`}
              onKeyDown={goOn}
            />
          </div>
        ))}
      </fieldset>
      <div className="flex flex-wrap items-center gap-4">
        <button type="submit" className={primaryButton}>
          Book delivery
        </button>
        <StockFormStatus form={form} locations={locations} />
      </div>
    </form>
  )
}

/** What a person types into, in order. */
function fieldsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')]
}
