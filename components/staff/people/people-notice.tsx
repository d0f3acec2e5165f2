import { refusalWords } from '@/components/staff/shell/refusal-words'
import type { PeopleAnswer } from '@/lib/domain/people/people'
import type { Location } from '@/lib/domain/stock/place'
import { InvitationLink } from './invitation-link'
import { doneWords, peopleNoticeWords } from './words'

/** How a form about people fared; with the link of an invitation, which is shown once. Renders a `<div>` or nothing. */
export function PeopleNotice({
  answer,
  locations,
}: {
  answer: PeopleAnswer | null
  locations: readonly Location[]
}) {
  if (!answer) return null
  return (
    <div
      role="alert"
      data-refused={!answer.ok || undefined}
      className="max-w-prose rounded-small border border-field bg-raised px-4 py-3 text-small data-refused:border-danger data-refused:text-danger"
    >
      {answer.ok && answer.done === 'invited' ? (
        <>
          <p className="font-medium">
            {peopleNoticeWords.sendThisLinkTo} {answer.name}.
          </p>
          <p className="text-soft">{peopleNoticeWords.copyTheLinkNowIt}</p>
          <InvitationLink link={answer.link} />
        </>
      ) : (
        <p>{answer.ok ? doneWords[answer.done] : refusalWords(answer.error, locations)}</p>
      )}
    </div>
  )
}
