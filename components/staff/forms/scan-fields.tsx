import type { ComponentProps } from 'react'
import { TextField } from '@/components/ui/forms/text-field'
import { scanFieldsWords } from './words'

type FieldProps = ComponentProps<'input'>

/** Scanned or typed; a scanner's Enter is the form's to deal with. Renders a labelled `<input name="code">`. */
export function CodeField(props: FieldProps) {
  return (
    <TextField
      label={scanFieldsWords.skuOrBarcode}
      name="code"
      required
      maxLength={500}
      autoComplete="off"
      autoCapitalize="characters"
      enterKeyHint="next"
      {...props}
      size="tall"
      content="code"
    />
  )
}

/** The units of the code in the field before it. Renders a labelled `<input>`. */
export function UnitsField(props: FieldProps & { name: string; title: string }) {
  return (
    <TextField
      label={scanFieldsWords.units}
      required
      inputMode="numeric"
      pattern="[0-9]{1,6}"
      autoComplete="off"
      enterKeyHint="done"
      {...props}
      size="tall"
      content="number"
    />
  )
}
