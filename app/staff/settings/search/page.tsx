import type { Metadata } from 'next'
import { SettingsPulse } from '@/components/staff/settings/pulses'
import { SearchSettingsForm } from '@/components/staff/settings/search-form'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { sectionWords } from '@/components/staff/settings/words'
import { requireStaff } from '@/lib/server/session/session'
import { readSettings } from '@/lib/server/settings/settings'

export const instant = false

export const metadata: Metadata = { title: sectionWords.search.title }

export default async function SearchSettingsRoute() {
  await requireStaff('manager')
  const settings = await readSettings()
  return (
    <SettingsFrame title={sectionWords.search.title}>
      <SettingsPulse version={settings.version} />
      <SearchSettingsForm settings={settings} />
    </SettingsFrame>
  )
}
