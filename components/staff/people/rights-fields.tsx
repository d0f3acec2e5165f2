import { fieldBox, labelText } from '@/components/staff/forms/controls'
import { roleWords } from '@/components/staff/shell/words'
import { type StaffRole, staffRoles } from '@/lib/domain/people/staff'
import type { Location } from '@/lib/domain/stock/place'
import { rightsFieldsWords, roleMeaning } from './words'

/** A role, and for a stock keeper the locations. Renders fields; the choice of locations shows with its role. */
export function RightsFields({
  rights: { role, location_ids },
  locations,
}: {
  rights: { role: StaffRole; location_ids: readonly string[] | null }
  locations: readonly Location[]
}) {
  return (
    <div className="group grid gap-4">
      <label className="grid gap-1">
        <span className={labelText}>{rightsFieldsWords.role}</span>
        <select name="role" defaultValue={role} className={fieldBox}>
          {staffRoles.map((each) => (
            <option key={each} value={each}>
              {roleWords[each]}: {roleMeaning[each]}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="hidden gap-1 group-has-[option[value=stock]:checked]:grid">
        <legend className={labelText}>{rightsFieldsWords.canChangeStockOnlyAt}</legend>
        <div className="flex flex-wrap gap-x-6">
          {locations.map(({ id, name }) => (
            <label key={id} className="flex min-h-10 items-center gap-2 text-small">
              <input
                type="checkbox"
                name="location_ids"
                value={id}
                defaultChecked={location_ids?.includes(id) ?? false}
                className="size-5"
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  )
}
