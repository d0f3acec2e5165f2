import type { Metadata } from 'next'
import { discountSettingsWords } from '@/app/staff/settings/words'
import { DiscountList } from '@/components/staff/discounts/discount-list'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { Text } from '@/components/ui/text/text'
import { roleReaches } from '@/lib/domain/people/staff'
import { readDiscounts } from '@/lib/server/checkout/discounts'
import { shopCurrency } from '@/lib/server/imports/imports'
import { sessionClient } from '@/lib/server/platform/supabase'
import { requireStaff } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: discountSettingsWords.discounts }

export default async function DiscountSettingsRoute() {
  const member = await requireStaff('viewer')
  const [{ discounts, categories }, currency] = await Promise.all([
    readDiscounts(),
    shopCurrency(await sessionClient()),
  ])
  return (
    <SettingsFrame title={discountSettingsWords.discounts} role={member.role}>
      <Text size="small" tone="soft" prose>
        {discountSettingsWords.about}
      </Text>
      <DiscountList
        discounts={discounts}
        categories={categories}
        currency={currency}
        mayChange={roleReaches(member.role, 'manager')}
        now={Date.now()}
      />
    </SettingsFrame>
  )
}
