import type { Metadata } from 'next'
import { countsPageWords } from '@/app/staff/words'
import { CountList } from '@/components/staff/counts/count-list'
import { ListCopy } from '@/components/staff/counts/list-copy'
import { StartCountForm } from '@/components/staff/counts/start-count-form'
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
    <main className="page grid gap-10 py-8">
      <header className="grid gap-2">
        <h1 className="display text-heading">{countsPageWords.counts}</h1>
        <p className="max-w-prose text-small text-soft">{countsPageWords.countWhileTheShopIs}</p>
      </header>
      <ListCopy owner={member.userId} />
      {own.length > 0 && <StartCountForm locations={own} categories={categories} />}
      <section aria-labelledby="latest" className="grid gap-2">
        <h2 id="latest" className="display text-title">
          {countsPageWords.latest}
        </h2>
        <CountList first={counts} locations={locations} categories={categories} names={names} />
      </section>
    </main>
  )
}
