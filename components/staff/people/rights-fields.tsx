import { roleWords } from '@/components/staff/shell/words'
import { CheckField } from '@/components/ui/forms/check-field'
import { Legend } from '@/components/ui/forms/field'
import { SelectField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
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
      <SelectField label={rightsFieldsWords.role} name="role" defaultValue={role}>
        {staffRoles.map((each) => (
          <option key={each} value={each}>
            {roleWords[each]}: {roleMeaning[each]}
          </option>
        ))}
      </SelectField>
      <fieldset className="hidden gap-1 group-has-[option[value=stock]:checked]:grid">
        <Legend>{rightsFieldsWords.canChangeStockOnlyAt}</Legend>
        <Row gap="wide">
          {locations.map(({ id, name }) => (
            <CheckField
              key={id}
              name="location_ids"
              value={id}
              defaultChecked={location_ids?.includes(id) ?? false}
              label={name}
            />
          ))}
        </Row>
      </fieldset>
    </div>
  )
}
