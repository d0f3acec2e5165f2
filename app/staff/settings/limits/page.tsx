import type { Metadata } from 'next'
import { LimitsForm } from '@/components/staff/settings/limits-form'
import { SettingsPulse } from '@/components/staff/settings/pulses'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { sectionWords } from '@/components/staff/settings/words'
import { requireStaff } from '@/lib/server/session/session'
import { readSettings } from '@/lib/server/settings/settings'

export const instant = false

export const metadata: Metadata = { title: sectionWords.limits.title }

export default async function LimitsSettingsRoute() {
  await requireStaff('manager')
  const settings = await readSettings()
  return (
    <SettingsFrame title={sectionWords.limits.title}>
      <SettingsPulse version={settings.version} />
      <LimitsForm settings={settings} />
    </SettingsFrame>
  )
}
