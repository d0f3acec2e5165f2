import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { peoplePageWords } from '@/app/staff/words'
import { ColleagueList } from '@/components/staff/people/colleague-list'
import { InvitationList } from '@/components/staff/people/invitation-list'
import { InviteForm } from '@/components/staff/people/invite-form'
import { PeoplePulse } from '@/components/staff/people/own-access'
import { PeopleNotice } from '@/components/staff/people/people-notice'
import { Link } from '@/components/ui/link'
import { PeopleAnswer } from '@/lib/domain/people/people'
import { roleReaches } from '@/lib/domain/people/staff'
import { readFlash } from '@/lib/server/http/flash'
import { allColleagues, openInvitations } from '@/lib/server/people/people'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: peoplePageWords.people }

export default async function PeopleRoute() {
  const member = await requireStaff('viewer')
  const [colleagues, invitations, locations, answer] = await Promise.all([
    allColleagues(),
    openInvitations(),
    activeLocations(),
    readFlash(PeopleAnswer),
  ])
  return (
    <main className="page grid gap-10 py-8">
      {/* The link of an invitation is rendered once: nothing may render the page anew while somebody copies it. */}
      {!answer && <PeoplePulse first={colleagues} />}
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <h1 className="display text-heading">{peoplePageWords.people}</h1>
        {roleReaches(member.role, 'manager') && (
          <Link href="/staff/audit" className="underlined text-link text-small">
            {peoplePageWords.viewAuditTrail}
          </Link>
        )}
      </header>
      <PeopleNotice answer={answer} locations={locations} />
      <ColleagueList colleagues={colleagues} locations={locations} ownId={member.userId} />
      {roleReaches(member.role, 'manager') && (
        <section aria-labelledby="invite" className="grid gap-4">
          <h2 id="invite" className="display text-title">
            {peoplePageWords.inviteAStaffMember}
          </h2>
          <InvitationList
            invitations={invitations}
            locations={locations}
            now={Date.now()}
            keys={Object.fromEntries(invitations.map(({ id }) => [id, randomUUID()]))}
          />
          <InviteForm key={invitations.length} locations={locations} firstKey={randomUUID()} />
        </section>
      )}
    </main>
  )
}
