'use client'

import { useState } from 'react'
import { quietButton } from '@/components/staff/forms/controls'
import { FormStatus } from '@/components/staff/forms/form-status'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { changeRights } from '@/lib/actions/staff/people'
import { useForm } from '@/lib/client/forms/use-form'
import { RightsRequest, rightsFields, type StaffRecord } from '@/lib/domain/people/people'
import type { Location } from '@/lib/domain/stock/place'
import { RightsFields } from './rights-fields'
import { doneWords, rightsFormWords } from './words'

/** The rights of a staff member, for managers; giving up own rights is confirmed. Renders a `<section>`. */
export function RightsForm({
  colleague,
  locations,
}: {
  colleague: StaffRecord
  locations: readonly Location[]
}) {
  const [toConfirm, setToConfirm] = useState<Pick<RightsRequest, 'role' | 'location_ids' | 'active'> | null>(
    null,
  )
  const form = useForm(changeRights, {
    onAnswer: (answer, { fields }) => {
      const isToConfirm = !answer.ok && answer.error.code === 'own_access'
      setToConfirm(isToConfirm ? RightsRequest.parse(rightsFields(fields)) : null)
    },
  })
  const asSeen = (
    <>
      <input type="hidden" name="user_id" value={colleague.user_id} />
      <input type="hidden" name="seen" value={colleague.version} />
      {toConfirm && <input type="hidden" name="sure" value="true" />}
    </>
  )
  return (
    <section aria-labelledby="rights" className="grid max-w-176 gap-6">
      <h2 id="rights" className="display text-title">
        {rightsFormWords.accessFor} {colleague.name}
      </h2>
      {(colleague.active || toConfirm) && (
        <form {...form.props} aria-label={rightsFormWords.rights} className="grid gap-4">
          {asSeen}
          <input type="hidden" name="active" value={String(toConfirm?.active ?? true)} />
          <RightsFields
            // Another answer, other fields: React keeps what a field held at first.
            key={`${colleague.version} ${toConfirm ? 'asked' : ''}`}
            rights={toConfirm ?? colleague}
            locations={locations}
          />
          <div>
            <SubmitButton
              label={toConfirm ? rightsFormWords.confirmChange : rightsFormWords.save}
              busy={rightsFormWords.saving}
            />
          </div>
        </form>
      )}
      {!toConfirm && (
        <form {...form.props} className="grid gap-2">
          {asSeen}
          <input type="hidden" name="role" value={colleague.role} />
          {colleague.location_ids?.map((id) => (
            <input key={id} type="hidden" name="location_ids" value={id} />
          ))}
          <input type="hidden" name="active" value={String(!colleague.active)} />
          <p className="text-small text-soft">
            {colleague.active
              ? rightsFormWords.accessEndsImmediatelyTheAudit
              : rightsFormWords.noLongerHasAccessRestoring(colleague.name)}
          </p>
          <div>
            <button type="submit" className={quietButton}>
              {colleague.active ? rightsFormWords.endAccess : rightsFormWords.restoreAccess}
            </button>
          </div>
        </form>
      )}
      <FormStatus form={form} done={doneWords.changed} locations={locations} />
    </section>
  )
}
