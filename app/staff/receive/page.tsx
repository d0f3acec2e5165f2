import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { DeliveryList } from '@/components/staff/deliveries/delivery-list'
import { OpeningForm } from '@/components/staff/deliveries/opening-form'
import { PostedAnswer } from '@/components/staff/shell/posted-answer'
import { ReceiveForm } from '@/components/staff/stock/receive-form'
import { expectedDeliveries } from '@/lib/domain/deliveries/delivery'
import { Posted } from '@/lib/domain/forms/posted'
import { ownLocations } from '@/lib/domain/people/staff'
import { readFlash } from '@/lib/server/http/flash'
import { firstPage } from '@/lib/server/platform/live'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: 'Receive' }

export default async function ReceiveRoute() {
  const member = await requireStaff('stock')
  const [locations, deliveries] = await Promise.all([
    activeLocations(),
    firstPage(expectedDeliveries, await currentAccessToken()),
  ])
  const own = ownLocations(member, locations)
  return (
    <main className="page grid gap-10 py-8">
      <header className="grid gap-4">
        <h1 className="display text-heading">Receive</h1>
        <PostedAnswer answer={await readFlash(Posted)} locations={locations} />
      </header>
      <section aria-labelledby="coming" className="grid gap-2">
        <h2 id="coming" className="display text-title">
          In transit{' '}
        </h2>
        <DeliveryList first={deliveries} locations={locations} />
      </section>
      <div className="grid items-start gap-x-16 gap-y-12 desktop:grid-cols-2">
        <section aria-labelledby="unannounced" className="grid gap-4">
          <h2 id="unannounced" className="display text-title">
            Unannounced delivery
          </h2>
          <p className="max-w-prose text-small text-soft">
            Scan or enter what arrived. All lines are saved together. If a line is wrong, nothing is saved and
            the line is marked.
          </p>
          <ReceiveForm locations={own} firstKey={randomUUID()} />
        </section>
        <section aria-labelledby="opening" className="grid gap-4">
          <h2 id="opening" className="display text-title">
            New delivery or transfer{' '}
          </h2>
          <p className="max-w-prose text-small text-soft">
            Announce a supplier delivery, or transfer stock to another location. A transfer leaves now and is
            in transit until it is received.
          </p>
          <OpeningForm own={own} locations={locations} firstKey={randomUUID()} />
        </section>
      </div>
    </main>
  )
}
