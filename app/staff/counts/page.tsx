import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { CountList } from '@/components/counts/count-list'
import { ListCopy } from '@/components/counts/list-copy'
import { StartCountForm } from '@/components/counts/start-count-form'
import { PostedAnswer } from '@/components/staff/posted-answer'
import { newestCounts } from '@/lib/domain/count'
import { Posted } from '@/lib/domain/posted'
import { ownLocations } from '@/lib/domain/staff'
import { readFlash } from '@/lib/server/flash'
import { firstPage } from '@/lib/server/live'
import { activeLocations, allCategories } from '@/lib/server/locations'
import { currentAccessToken, requireStaff } from '@/lib/server/session'
import { actorNames } from '@/lib/server/staff'

export const instant = false

export const metadata: Metadata = { title: 'Counts' }

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
        <h1 className="display text-heading">Counts</h1>
        <p className="max-w-prose text-small text-soft">
          Count while the shop trades. What is sold meanwhile is not a loss; what is too close to tell, you
          are asked.
        </p>
      </header>
      <ListCopy owner={member.userId} />
      <PostedAnswer answer={await readFlash(Posted)} locations={locations} />
      {own.length > 0 && <StartCountForm locations={own} categories={categories} firstKey={randomUUID()} />}
      <section aria-labelledby="latest" className="grid gap-2">
        <h2 id="latest" className="display text-title">
          Latest
        </h2>
        <CountList first={counts} locations={locations} categories={categories} names={names} />
      </section>
    </main>
  )
}
