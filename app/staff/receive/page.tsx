import type { Metadata } from 'next'
import { receivePageWords } from '@/app/staff/receive/words'
import { DeliveryList } from '@/components/staff/deliveries/delivery-list'
import { OpeningForm } from '@/components/staff/deliveries/opening-form'
import { ReceiveForm } from '@/components/staff/stock/receive-form'
import { Columns } from '@/components/ui/layout/columns'
import { StaffPage } from '@/components/ui/layout/page'
import { Section } from '@/components/ui/layout/section'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
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
    <StaffPage>
      <Heading level={1}>{receivePageWords.receive}</Heading>
      <Section id="coming" title={<>{receivePageWords.inTransit} </>} gap={2}>
        <DeliveryList first={deliveries} locations={locations} />
      </Section>
      <Columns className="items-start">
        <Section id="unannounced" title={receivePageWords.unannouncedDelivery}>
          <Text size="small" tone="soft" prose>
            {receivePageWords.scanOrEnterWhatArrived}
          </Text>
          <ReceiveForm locations={own} />
        </Section>
        <Section id="opening" title={<>{receivePageWords.newDeliveryOrTransfer} </>}>
          <Text size="small" tone="soft" prose>
            {receivePageWords.announceASupplierDeliveryOr}
          </Text>
          <OpeningForm own={own} locations={locations} />
        </Section>
      </Columns>
    </StaffPage>
  )
}
