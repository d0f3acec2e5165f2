'use client'

import { useEffect, useRef } from 'react'
import { fieldBox, labelText } from './controls'

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
  // Set elsewhere, by a link or the back button: what is chosen here is not put back while it is on its way.
  useEffect(() => {
    if (select.current && shown.current !== value) select.current.value = value
    shown.current = value
  }, [value])
  return (
    <label className="col-span-2 grid gap-1 desktop:col-span-1">
      <span className={labelText}>{label}</span>
      <select ref={select} name={name} defaultValue={value} className={fieldBox}>
        <option value="">All</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
