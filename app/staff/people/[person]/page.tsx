import type { Metadata, Route } from 'next'
import { notFound } from 'next/navigation'
import { personPageWords } from '@/app/staff/words'
import { TrailList } from '@/components/staff/audit/trail-list'
import { PeoplePulse } from '@/components/staff/people/own-access'
import { RightsForm } from '@/components/staff/people/rights-form'
import { SignOutForm } from '@/components/staff/people/sign-out-form'
import { rightsWords } from '@/components/staff/people/words'
import { WayBack } from '@/components/staff/shell/way-back'
import { Link } from '@/components/ui/link'
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
  const [colleagues, locations, currency] = await Promise.all([
    listStaff(),
    activeLocations(),
    shopCurrency(await sessionClient()),
  ])
  const colleague = colleagues.find(({ user_id }) => user_id === person)
  if (!colleague) notFound()
  const isOwn = person === member.userId
  const deeds = manages
    ? (await readTrail(TrailFilter.parse({ who: person }))).lines.slice(0, latestDeeds)
    : []
  return (
    <main className="page grid gap-10 py-8">
      <PeoplePulse first={[colleague]} />
      <header className="grid gap-2">
        <WayBack href="/staff/people">{personPageWords.people}</WayBack>
        <h1 className="display text-heading">{colleague.name}</h1>
        <p className="text-small text-soft">
          <span className="wrap-anywhere">{colleague.email}</span>,{' '}
          {colleague.active
            ? personPageWords.hereSince(rightsWords(colleague, locations), shopDay(colleague.created_at))
            : personPageWords.noLongerHasAccess}
        </p>
      </header>
      {manages && <RightsForm colleague={colleague} locations={locations} />}
      {(manages || isOwn) && <SignOutForm colleague={colleague} isOwn={isOwn} />}
      {manages && (
        <section aria-labelledby="deeds" className="grid gap-4">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6">
            <h2 id="deeds" className="display text-title">
              {personPageWords.activity}
            </h2>
            <Link href={trailAddress({ who: person }) as Route} className="underlined text-link text-small">
              {personPageWords.viewAllActivity}
            </Link>
          </div>
          <TrailList lines={deeds} locations={locations} currency={currency} />
        </section>
      )}
    </main>
  )
}
