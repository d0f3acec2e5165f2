import type { Metadata } from 'next'
import { peoplePageWords } from '@/app/staff/words'
import { ColleagueList } from '@/components/staff/people/colleague-list'
import { InvitationList } from '@/components/staff/people/invitation-list'
import { InviteForm } from '@/components/staff/people/invite-form'
import { PeoplePulse } from '@/components/staff/people/own-access'
import { Link } from '@/components/ui/link'
import { roleReaches } from '@/lib/domain/people/staff'
import { listStaff, openInvitations } from '@/lib/server/people/people'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: peoplePageWords.people }

export default async function PeopleRoute() {
  const member = await requireStaff('viewer')
  const [colleagues, invitations, locations] = await Promise.all([
    listStaff(),
    openInvitations(),
    activeLocations(),
  ])
  return (
    <main className="page grid gap-10 py-8">
      <PeoplePulse first={colleagues} />
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <h1 className="display text-heading">{peoplePageWords.people}</h1>
        {roleReaches(member.role, 'manager') && (
          <Link href="/staff/audit" className="underlined text-link text-small">
            {peoplePageWords.viewAuditTrail}
          </Link>
        )}
      </header>
      <ColleagueList colleagues={colleagues} locations={locations} ownId={member.userId} />
      {roleReaches(member.role, 'manager') && (
        <section aria-labelledby="invite" className="grid gap-4">
          <h2 id="invite" className="display text-title">
            {peoplePageWords.inviteAStaffMember}
          </h2>
          <InvitationList invitations={invitations} locations={locations} now={Date.now()} />
          <InviteForm locations={locations} />
        </section>
      )}
    </main>
  )
}
