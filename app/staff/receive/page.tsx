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
          On its way
        </h2>
        <DeliveryList first={deliveries} locations={locations} />
      </section>
      <div className="grid items-start gap-x-16 gap-y-12 desktop:grid-cols-2">
        <section aria-labelledby="unannounced" className="grid gap-4">
          <h2 id="unannounced" className="display text-title">
            Here without notice
          </h2>
          <p className="max-w-prose text-small text-soft">
            Scan or type what came. Everything on the note is booked at once, or nothing is, and you see which
            line is wrong.
          </p>
          <ReceiveForm locations={own} firstKey={randomUUID()} />
        </section>
        <section aria-labelledby="opening" className="grid gap-4">
          <h2 id="opening" className="display text-title">
            Put on its way
          </h2>
          <p className="max-w-prose text-small text-soft">
            Announce what a supplier brings, or send something to another location: it leaves now, and is in
            transit until it is scanned there.
          </p>
          <OpeningForm own={own} locations={locations} firstKey={randomUUID()} />
        </section>
      </div>
    </main>
  )
}
