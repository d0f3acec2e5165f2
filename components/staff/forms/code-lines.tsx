'use client'

import { type KeyboardEvent, useState } from 'react'
import { Input } from '@/components/ui/forms/controls'
import { Legend } from '@/components/ui/forms/field'
import { Stack } from '@/components/ui/layout/stack'
import { codeLinesWords } from './words'

const firstLines = 6

/** Lines named by SKU or barcode; there is always one more. Renders a `<fieldset>` of fields `code` and `quantity`. */
export function CodeLines() {
  const [lines, setLines] = useState(firstLines)
  return (
    <Stack as="fieldset" gap={2}>
      <Legend>{codeLinesWords.linesSkuOrBarcodeUnits}</Legend>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place on the note
        <div key={line} className="grid grid-cols-[1fr_6rem] gap-3">
          <Input
            content="code"
            name="code"
            maxLength={500}
            autoComplete="off"
            aria-label={codeLinesWords.lineSkuOrBarcode(line + 1)}
            onKeyDown={focusNextField}
            onChange={() => setLines((count) => Math.max(count, line + 2))}
          />
          <Input
            content="number"
            name="quantity"
            inputMode="numeric"
            pattern="[0-9]+"
            title={codeLinesWords.enterTheNumberOfUnits}
            autoComplete="off"
            aria-label={codeLinesWords.lineUnits(line + 1)}
            onKeyDown={focusNextField}
          />
        </div>
      ))}
    </Stack>
  )
}

/** A scanner is a keyboard: its Enter goes to the next field of the form. */
export function focusNextField(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !event.currentTarget.form) return
  event.preventDefault()
  const fields = fieldsOf(event.currentTarget.form)
  fields[fields.indexOf(event.currentTarget) + 1]?.focus()
}

/** The visible fields of a form, in order. */
export function fieldsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')]
}
