import type { Metadata } from 'next'
import { deliverySettingsWords } from '@/app/staff/settings/words'
import { DeliveryTax } from '@/components/staff/delivery/delivery-tax'
import { ZoneList } from '@/components/staff/delivery/zone-list'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { Text } from '@/components/ui/text/text'
import { roleReaches } from '@/lib/domain/people/staff'
import { readDelivery } from '@/lib/server/checkout/delivery-zones'
import { shopCurrency } from '@/lib/server/imports/imports'
import { sessionClient } from '@/lib/server/platform/supabase'
import { requireStaff } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: deliverySettingsWords.delivery }

export default async function DeliverySettingsRoute() {
  const member = await requireStaff('viewer')
  const mayChange = roleReaches(member.role, 'manager')
  const [{ zones, taxRateBp }, currency] = await Promise.all([
    readDelivery(),
    shopCurrency(await sessionClient()),
  ])
  return (
    <SettingsFrame title={deliverySettingsWords.delivery} role={member.role}>
      <Text size="small" tone="soft" prose>
        {deliverySettingsWords.about}
      </Text>
      <ZoneList zones={zones} currency={currency} mayChange={mayChange} />
      {mayChange && <DeliveryTax taxRateBp={taxRateBp} />}
    </SettingsFrame>
  )
}
