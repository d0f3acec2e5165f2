import type { Metadata } from 'next'
import { countsPageWords } from '@/app/staff/counts/words'
import { CountList } from '@/components/staff/counts/count-list'
import { ListCopy } from '@/components/staff/counts/list-copy'
import { StartCountForm } from '@/components/staff/counts/start-count-form'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Section } from '@/components/ui/layout/section'
import { newestCounts } from '@/lib/domain/counts/count'
import { ownLocations } from '@/lib/domain/people/staff'
import { actorNames } from '@/lib/server/people/staff'
import { firstPage } from '@/lib/server/platform/live'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'
import { activeLocations, allCategories } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: countsPageWords.counts }

export default async function CountsRoute() {
  const member = await requireStaff('viewer')
  const [counts, locations, categories, names] = await Promise.all([
    firstPage(newestCounts, await currentAccessToken()),
    activeLocations(),
    allCategories(),
    actorNames(),
  ])
  const own = ownLocations(member, locations)
  return (
    <StaffPage>
      <PageHeading title={countsPageWords.counts}>{countsPageWords.countWhileTheShopIs}</PageHeading>
      <ListCopy owner={member.userId} />
      {own.length > 0 && <StartCountForm locations={own} categories={categories} />}
      <Section id="latest" title={countsPageWords.latest} gap={2}>
        <CountList first={counts} locations={locations} categories={categories} names={names} />
      </Section>
    </StaffPage>
  )
}
