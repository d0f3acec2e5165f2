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
  return (
    <label className="col-span-2 grid gap-1 desktop:col-span-1">
      <span className={labelText}>{label}</span>
      <select name={name} defaultValue={value} className={fieldBox}>
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
