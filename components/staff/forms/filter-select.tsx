'use client'

import { useEffect, useRef } from 'react'
import { fieldBox, labelText } from './controls'
import { filterSelectWords } from './words'

/** One choice of a filter; the first is not to choose. Renders a labelled `<select>`. */
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
  // Set elsewhere, by a link or the back button. Who goes through the choices by the arrow keys is not put back to one
  // they have passed, which was on its way.
  useEffect(() => {
    const isSetHere = document.activeElement === select.current
    if (select.current && shown.current !== value && !isSetHere) select.current.value = value
    shown.current = value
  }, [value])
  return (
    <label className="col-span-2 grid gap-1 desktop:col-span-1">
      <span className={labelText}>{label}</span>
      <select ref={select} name={name} defaultValue={value} className={fieldBox}>
        <option value="">{filterSelectWords.all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
