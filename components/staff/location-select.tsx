import type { Location } from '@/lib/domain/place'
import { fieldBox, labelText } from './controls'

/** Which of the shop's places; the first unless one is chosen. Renders a labelled `<select>`. */
export function LocationSelect({
  label,
  name = 'location_id',
  locations,
  chosen,
}: {
  label: string
  name?: string
  locations: readonly Location[]
  /** The id of the place it begins with. */
  chosen?: string | undefined
}) {
  return (
    <label className="grid gap-1">
      <span className={labelText}>{label}</span>
      <select name={name} defaultValue={chosen} className={fieldBox}>
        {locations.map(({ id, name: place }) => (
          <option key={id} value={id}>
            {place}
          </option>
        ))}
      </select>
    </label>
  )
}
