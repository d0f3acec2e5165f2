import type { Metadata } from 'next'
import { SettingsPulse } from '@/components/staff/settings/pulses'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { ShopForm } from '@/components/staff/settings/shop-form'
import { sectionWords } from '@/components/staff/settings/words'
import { shopChoices } from '@/lib/domain/settings/choices'
import { requireStaff } from '@/lib/server/session/session'
import { readSettings } from '@/lib/server/settings/settings'

export const instant = false

export const metadata: Metadata = { title: sectionWords.shop.title }

export default async function ShopSettingsRoute() {
  await requireStaff('manager')
  const settings = await readSettings()
  return (
    <SettingsFrame title={sectionWords.shop.title}>
      <SettingsPulse version={settings.version} />
      <ShopForm settings={settings} {...shopChoices(settings.locale)} />
    </SettingsFrame>
  )
}
