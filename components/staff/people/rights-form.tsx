import { quietButton } from '@/components/staff/forms/controls'
import { SubmitButton } from '@/components/staff/forms/submit-button'
import { changeRights } from '@/lib/actions/staff/people'
import type { Colleague, PeopleAnswer } from '@/lib/domain/people/people'
import type { Location } from '@/lib/domain/stock/place'
import { RightsFields } from './rights-fields'
import { rightsFormWords } from './words'

/** What a colleague may do, to be decided by a manager; what they take from themselves they confirm. Renders a `<section>`. */
export function RightsForm({
  colleague,
  locations,
  keys,
  answer,
}: {
  colleague: Colleague
  locations: readonly Location[]
  /** An idempotency key for each form. */
  keys: { rights: string; access: string }
  answer: PeopleAnswer | null
}) {
  const toConfirm = answer?.ok === false ? answer.asked : undefined
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
        <form action={changeRights} aria-label={rightsFormWords.rights} className="grid gap-4">
          <input type="hidden" name="idempotency_key" value={keys.rights} />
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
        <form action={changeRights} className="grid gap-2">
          <input type="hidden" name="idempotency_key" value={keys.access} />
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
    </section>
  )
}
