import type { Location } from '@/lib/domain/place'
import { fieldBox, labelText } from './controls'

/** Which of the shop's places; the first unless told. Renders a labelled `<select>`. */
export function LocationSelect({
  label,
  name = 'location_id',
  locations,
  first,
}: {
  label: string
  name?: string
  locations: readonly Location[]
  /** The id of the place that is chosen at first. */
  first?: string | undefined
}) {
  return (
    <label className="grid gap-1">
      <span className={labelText}>{label}</span>
      <select name={name} defaultValue={first} className={fieldBox}>
        {locations.map(({ id, name: place }) => (
          <option key={id} value={id}>
            {place}
          </option>
        ))}
      </select>
    </label>
  )
}
