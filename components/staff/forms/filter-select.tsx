'use client'

import { useEffect, useRef } from 'react'
import { SelectField } from '@/components/ui/forms/text-field'
import { filterSelectWords } from './words'

/** One choice of a filter; the first option is no choice. Renders a labelled `<select>`. */
export function FilterSelect({
  label,
  name,
  value,
  options,
}: {
  label: string
  name: string
  value: string
  options: readonly { value: string; label: string }[]
}) {
  const select = useRef<HTMLSelectElement>(null)
  const shown = useRef(value)
  // A link or the back button changes the value. While the list has the focus, the value of an earlier request is ignored:
  // the person has moved on by the arrow keys.
  useEffect(() => {
    const isSetHere = document.activeElement === select.current
    if (select.current && shown.current !== value && !isSetHere) select.current.value = value
    shown.current = value
  }, [value])
  return (
    <SelectField label={label} ref={select} name={name} defaultValue={value}>
      <option value="">{filterSelectWords.all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </SelectField>
  )
}
