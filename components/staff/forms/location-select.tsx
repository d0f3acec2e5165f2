import { SelectField } from '@/components/ui/forms/text-field'
import type { Location } from '@/lib/domain/stock/place'

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
    <SelectField label={label} name="location_id" defaultValue={chosen}>
      {locations.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
