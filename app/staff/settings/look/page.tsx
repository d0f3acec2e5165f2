import type { Metadata } from 'next'
import { LookForm } from '@/components/staff/settings/look-form'
import { SettingsPulse } from '@/components/staff/settings/pulses'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { sectionWords } from '@/components/staff/settings/words'
import { requireStaff } from '@/lib/server/session/session'
import { readSettings } from '@/lib/server/settings/settings'

export const instant = false

export const metadata: Metadata = { title: sectionWords.look.title }

export default async function LookSettingsRoute() {
  await requireStaff('manager')
  const settings = await readSettings()
  return (
    <SettingsFrame title={sectionWords.look.title}>
      <SettingsPulse version={settings.version} />
      <LookForm settings={settings} />
    </SettingsFrame>
  )
}
