import type { Metadata } from 'next'
import { HomeForm } from '@/components/staff/settings/home-form'
import { SettingsPulse } from '@/components/staff/settings/pulses'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { sectionWords } from '@/components/staff/settings/words'
import { requireStaff } from '@/lib/server/session/session'
import { readSettings } from '@/lib/server/settings/settings'

export const instant = false

export const metadata: Metadata = { title: sectionWords.home.title }

export default async function HomeSettingsRoute() {
  await requireStaff('manager')
  const settings = await readSettings()
  return (
    <SettingsFrame title={sectionWords.home.title}>
      <SettingsPulse version={settings.version} />
      <HomeForm settings={settings} />
    </SettingsFrame>
  )
}
