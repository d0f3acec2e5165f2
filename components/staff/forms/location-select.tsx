import type { Location } from '@/lib/domain/stock/place'
import { fieldBox, labelText } from './controls'

/** Which of the shop's places; the first unless one is chosen. Renders a labelled `<select>`. */
export function LocationSelect({
  label,
  locations,
  chosen,
}: {
  label: string
  locations: readonly Location[]
  /** The id of the place it begins with. */
  chosen?: string | undefined
}) {
  return (
    <label className="grid gap-1">
      <span className={labelText}>{label}</span>
      <select name="location_id" defaultValue={chosen} className={fieldBox}>
        {locations.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
