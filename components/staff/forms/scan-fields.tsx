import type { ComponentProps } from 'react'
import { fieldBox, labelText } from './controls'
import { scanFieldsWords } from './words'

type FieldProps = ComponentProps<'input'>

/** Scanned or typed; a scanner's Enter is the form's to deal with. Renders a labelled `<input name="code">`. */
export function CodeField(props: FieldProps) {
  return (
    <label className="grid gap-1">
      <span className={labelText}>{scanFieldsWords.skuOrBarcode}</span>
      <input
        name="code"
        required
        maxLength={500}
        autoComplete="off"
        autoCapitalize="characters"
        enterKeyHint="next"
        className={`${fieldBox} figures h-12 text-body`}
        {...props}
      />
    </label>
  )
}

/** How many of what stands in the field before it. Renders a labelled `<input>`. */
export function UnitsField(props: FieldProps & { name: string; title: string }) {
  return (
    <label className="grid gap-1">
      <span className={labelText}>{scanFieldsWords.units}</span>
      <input
        required
        inputMode="numeric"
        pattern="[0-9]{1,6}"
        autoComplete="off"
        enterKeyHint="done"
        className={`${fieldBox} figures h-12 text-right text-body`}
        {...props}
      />
    </label>
  )
}
