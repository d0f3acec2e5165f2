'use client'

import { useState } from 'react'
import { FormStatus } from '@/components/staff/forms/form-status'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { Button } from '@/components/ui/actions/button'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { changeRights } from '@/lib/actions/staff/people'
import { useForm } from '@/lib/client/forms/use-form'
import { RightsRequest, rightsFields, type StaffRecord } from '@/lib/domain/people/people'
import type { Location } from '@/lib/domain/stock/place'
import { RightsFields } from './rights-fields'
import { doneWords, rightsFormWords } from './words'

/** The rights of a staff member, for managers; giving up own rights is confirmed. Renders a `<section>`. */
export function RightsForm({
  staffMember,
  locations,
}: {
  staffMember: StaffRecord
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
      <input type="hidden" name="user_id" value={staffMember.user_id} />
      <input type="hidden" name="seen" value={staffMember.version} />
      {toConfirm && <input type="hidden" name="sure" value="true" />}
    </>
  )
  return (
    <Section
      id="rights"
      title={
        <>
          {rightsFormWords.accessFor} {staffMember.name}
        </>
      }
      gap={6}
      width="form"
    >
      {(staffMember.active || toConfirm) && (
        <Stack as="form" gap={4} {...form.props} aria-label={rightsFormWords.rights}>
          {asSeen}
          <input type="hidden" name="active" value={String(toConfirm?.active ?? true)} />
          <RightsFields
            // Another answer, other fields: React keeps what a field held at first.
            key={`${staffMember.version} ${toConfirm ? 'asked' : ''}`}
            rights={toConfirm ?? staffMember}
            locations={locations}
          />
          <div>
            <SubmitButton
              label={toConfirm ? rightsFormWords.confirmChange : rightsFormWords.save}
              busy={rightsFormWords.saving}
            />
          </div>
        </Stack>
      )}
      {!toConfirm && (
        <Stack as="form" gap={2} {...form.props}>
          {asSeen}
          <input type="hidden" name="role" value={staffMember.role} />
          {staffMember.location_ids?.map((id) => (
            <input key={id} type="hidden" name="location_ids" value={id} />
          ))}
          <input type="hidden" name="active" value={String(!staffMember.active)} />
          <Text size="small" tone="soft">
            {staffMember.active
              ? rightsFormWords.accessEndsImmediatelyTheAudit
              : rightsFormWords.noLongerHasAccessRestoring(staffMember.name)}
          </Text>
          <div>
            <Button>{staffMember.active ? rightsFormWords.endAccess : rightsFormWords.restoreAccess}</Button>
          </div>
        </Stack>
      )}
      <FormStatus form={form} done={doneWords.changed} locations={locations} />
    </Section>
  )
}
