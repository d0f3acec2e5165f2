import type { Route } from 'next'
import { Link } from '@/components/ui/link'
import type { StaffRecord } from '@/lib/domain/people/people'
import type { Location } from '@/lib/domain/stock/place'
import { rightsWords, staffListWords } from './words'

/** Everybody who works here, and who did. Each name leads to their page. Renders a `<ul>`. */
export function ColleagueList({
  colleagues,
  locations,
  ownId,
}: {
  colleagues: readonly StaffRecord[]
  locations: readonly Location[]
  ownId: string
}) {
  return (
    <ul className="grid border-line border-t">
      {colleagues.map((colleague) => (
        <li
          key={colleague.user_id}
          data-left={!colleague.active || undefined}
          className="grid items-baseline gap-x-6 border-line border-b py-3 text-small data-left:text-soft tablet:grid-cols-[1fr_1.4fr_1.4fr]"
        >
          <span>
            <Link
              href={`/staff/people/${colleague.user_id}` as Route}
              className="underlined inline-block min-h-6 font-medium text-body"
            >
              {colleague.name}
            </Link>
            {colleague.user_id === ownId && <span className="text-soft"> {staffListWords.you}</span>}
          </span>
          <span className="wrap-anywhere text-soft">{colleague.email}</span>
          <span className="first-letter:uppercase">
            {colleague.active ? rightsWords(colleague, locations) : staffListWords.noLongerHasAccess}
          </span>
        </li>
      ))}
    </ul>
  )
}
