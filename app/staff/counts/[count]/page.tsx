import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { countPageWords } from '@/app/staff/counts/words'
import { CountDesk } from '@/components/staff/counts/count-desk'
import { scopeWords, statusWords } from '@/components/staff/counts/words'
import { WayBack } from '@/components/staff/shell/way-back'
import { locationName } from '@/components/staff/shell/words'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { readCount } from '@/lib/server/counts/counts'
import { actorNames } from '@/lib/server/people/staff'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations, allCategories } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: countPageWords.count }

export default async function CountRoute({ params }: PageProps<'/staff/counts/[count]'>) {
  const member = await requireStaff('viewer')
  const id = z.guid().safeParse((await params).count)
  if (!id.success) notFound()
  const [read, locations, categories, names] = await Promise.all([
    readCount(id.data),
    activeLocations(),
    allCategories(),
    actorNames(),
  ])
  if (!read.ok) notFound()
  const { count } = read.data
  return (
    <StaffPage gap={6}>
      <PageHeading
        above={<WayBack href="/staff/counts">{countPageWords.counts}</WayBack>}
        title={
          <>
            {countPageWords.count} {count.number}
          </>
        }
      >
        {locationName(count.location_id, locations, countPageWords.aClosedLocation)},{' '}
        {scopeWords(count, categories)}
        {count.blind && countPageWords.blind}
        {count.status !== 'open' && `. ${statusWords[count.status]}`}
        {count.decided_by && countPageWords.by(names[count.decided_by] ?? countPageWords.theSystem)}
      </PageHeading>
      <CountDesk first={read.data} member={member} names={names} locations={locations} />
    </StaffPage>
  )
}
