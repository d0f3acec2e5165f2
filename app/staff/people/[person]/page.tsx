import type { Metadata, Route } from 'next'
import { notFound } from 'next/navigation'
import { personPageWords } from '@/app/staff/people/words'
import { TrailList } from '@/components/staff/audit/trail-list'
import { PeoplePulse } from '@/components/staff/people/own-access'
import { RightsForm } from '@/components/staff/people/rights-form'
import { SignOutForm } from '@/components/staff/people/sign-out-form'
import { rightsWords } from '@/components/staff/people/words'
import { WayBack } from '@/components/staff/shell/way-back'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { shopDay } from '@/lib/domain/core/shop-time'
import { TrailFilter, trailAddress } from '@/lib/domain/insight/trail'
import { roleReaches } from '@/lib/domain/people/staff'
import { shopCurrency } from '@/lib/server/imports/imports'
import { readTrail } from '@/lib/server/insight/trail'
import { listStaff } from '@/lib/server/people/people'
import { sessionClient } from '@/lib/server/platform/supabase'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: personPageWords.staffMember }

/** The number of latest actions that a staff member's page shows. */
const latestDeeds = 12

export default async function PersonRoute({ params }: PageProps<'/staff/people/[person]'>) {
  const member = await requireStaff('viewer')
  const { person } = await params
  const manages = roleReaches(member.role, 'manager')
  const [staff, locations, currency] = await Promise.all([
    listStaff(),
    activeLocations(),
    shopCurrency(await sessionClient()),
  ])
  const staffMember = staff.find(({ user_id }) => user_id === person)
  if (!staffMember) notFound()
  const isOwn = person === member.userId
  const deeds = manages
    ? (await readTrail(TrailFilter.parse({ who: person }))).lines.slice(0, latestDeeds)
    : []
  return (
    <StaffPage>
      <PeoplePulse first={[staffMember]} />
      <PageHeading
        above={<WayBack href="/staff/people">{personPageWords.people}</WayBack>}
        title={staffMember.name}
      >
        <Text as="span" breaks>
          {staffMember.email}
        </Text>
        ,{' '}
        {staffMember.active
          ? personPageWords.hereSince(rightsWords(staffMember, locations), shopDay(staffMember.created_at))
          : personPageWords.noLongerHasAccess}
      </PageHeading>
      {manages && <RightsForm staffMember={staffMember} locations={locations} />}
      {(manages || isOwn) && <SignOutForm staffMember={staffMember} isOwn={isOwn} />}
      {manages && (
        <Stack as="section" gap={4} aria-labelledby="deeds">
          <Row gap="wide" align="baseline" spread>
            <Heading level={2} id="deeds">
              {personPageWords.activity}
            </Heading>
            <TextLink tone="link" size="small" href={trailAddress({ who: person }) as Route}>
              {personPageWords.viewAllActivity}
            </TextLink>
          </Row>
          <TrailList lines={deeds} locations={locations} currency={currency} />
        </Stack>
      )}
    </StaffPage>
  )
}
