import type { Metadata } from 'next'
import { receivePageWords } from '@/app/staff/words'
import { DeliveryList } from '@/components/staff/deliveries/delivery-list'
import { OpeningForm } from '@/components/staff/deliveries/opening-form'
import { ReceiveForm } from '@/components/staff/stock/receive-form'
import { expectedDeliveries } from '@/lib/domain/deliveries/delivery'
import { ownLocations } from '@/lib/domain/people/staff'
import { firstPage } from '@/lib/server/platform/live'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: receivePageWords.receive }

export default async function ReceiveRoute() {
  const member = await requireStaff('stock')
  const [locations, deliveries] = await Promise.all([
    activeLocations(),
    firstPage(expectedDeliveries, await currentAccessToken()),
  ])
  const own = ownLocations(member, locations)
  return (
    <main className="page grid gap-10 py-8">
      <h1 className="display text-heading">{receivePageWords.receive}</h1>
      <section aria-labelledby="coming" className="grid gap-2">
        <h2 id="coming" className="display text-title">
          {receivePageWords.inTransit}{' '}
        </h2>
        <DeliveryList first={deliveries} locations={locations} />
      </section>
      <div className="grid items-start gap-x-16 gap-y-12 desktop:grid-cols-2">
        <section aria-labelledby="unannounced" className="grid gap-4">
          <h2 id="unannounced" className="display text-title">
            {receivePageWords.unannouncedDelivery}
          </h2>
          <p className="max-w-prose text-small text-soft">{receivePageWords.scanOrEnterWhatArrived}</p>
          <ReceiveForm locations={own} />
        </section>
        <section aria-labelledby="opening" className="grid gap-4">
          <h2 id="opening" className="display text-title">
            {receivePageWords.newDeliveryOrTransfer}{' '}
          </h2>
          <p className="max-w-prose text-small text-soft">{receivePageWords.announceASupplierDeliveryOr}</p>
          <OpeningForm own={own} locations={locations} />
        </section>
      </div>
    </main>
  )
}
