import type { Metadata } from 'next'
import { taxSettingsWords } from '@/app/staff/settings/words'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { TaxRates } from '@/components/staff/tax/tax-rates'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { roleReaches } from '@/lib/domain/people/staff'
import { percent } from '@/lib/domain/text/percent'
import { readTaxRates } from '@/lib/server/checkout/tax-rates'
import { requireStaff } from '@/lib/server/session/session'
import { editedCategories } from '@/lib/server/settings/categories'

export const instant = false

export const metadata: Metadata = { title: taxSettingsWords.tax }

export default async function TaxSettingsRoute() {
  const member = await requireStaff('viewer')
  const [{ rates, usualBp }, categories] = await Promise.all([readTaxRates(), editedCategories()])
  return (
    <SettingsFrame title={taxSettingsWords.tax} role={member.role}>
      <Text size="small" tone="soft" prose>
        {taxSettingsWords.about}
        {usualBp !== null && ` ${taxSettingsWords.usual(percent(usualBp))}`}{' '}
        <TextLink tone="link" size="small" href="/staff/settings/delivery#tax">
          {taxSettingsWords.onDelivery}
        </TextLink>
      </Text>
      <TaxRates rates={rates} categories={categories} mayChange={roleReaches(member.role, 'manager')} />
    </SettingsFrame>
  )
}
