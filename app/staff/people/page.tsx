import type { Metadata } from 'next'
import { peoplePageWords } from '@/app/staff/people/words'
import { InvitationList } from '@/components/staff/people/invitation-list'
import { InviteForm } from '@/components/staff/people/invite-form'
import { PeoplePulse } from '@/components/staff/people/own-access'
import { StaffList } from '@/components/staff/people/staff-list'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Section } from '@/components/ui/layout/section'
import { TextLink } from '@/components/ui/text/text-link'
import { roleReaches } from '@/lib/domain/people/staff'
import { listStaff, openInvitations } from '@/lib/server/people/people'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: peoplePageWords.people }

export default async function PeopleRoute() {
  const member = await requireStaff('viewer')
  const [staff, invitations, locations] = await Promise.all([
    listStaff(),
    openInvitations(),
    activeLocations(),
  ])
  return (
    <StaffPage>
      <PeoplePulse first={staff} />
      <PageHeading
        title={peoplePageWords.people}
        actions={
          roleReaches(member.role, 'manager') && (
            <TextLink tone="link" size="small" href="/staff/audit">
              {peoplePageWords.viewAuditTrail}
            </TextLink>
          )
        }
      />
      <StaffList staff={staff} locations={locations} ownId={member.userId} />
      {roleReaches(member.role, 'manager') && (
        <Section id="invite" title={peoplePageWords.inviteAStaffMember}>
          <InvitationList invitations={invitations} locations={locations} now={Date.now()} />
          <InviteForm locations={locations} />
        </Section>
      )}
    </StaffPage>
  )
}
