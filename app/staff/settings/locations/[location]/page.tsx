import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ActionForm } from '@/components/staff/forms/action-form'
import { LocationForm } from '@/components/staff/settings/location-form'
import { LocationsPulse } from '@/components/staff/settings/pulses'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { locationWords as words } from '@/components/staff/settings/words'
import { Button } from '@/components/ui/actions/button'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { archiveLocation, restoreLocation } from '@/lib/actions/staff/settings'
import { requireStaff } from '@/lib/server/session/session'
import { allLocations } from '@/lib/server/settings/locations'

export const instant = false

export const metadata: Metadata = { title: words.location }

export default async function LocationRoute({ params }: PageProps<'/staff/settings/locations/[location]'>) {
  await requireStaff('manager')
  const { location: id } = await params
  const location = (await allLocations()).find((each) => each.id === id)
  if (!location) notFound()
  return (
    <SettingsFrame title={location.name}>
      <LocationsPulse locations={[location]} />
      <LocationForm location={location} />
      <Section id="archive" title={words.archiveTitle} width="form">
        <Text size="small" tone="soft">
          {words.archiveAbout}
        </Text>
        <ActionForm
          action={location.active ? archiveLocation : restoreLocation}
          fields={{ location_id: id }}
          done={location.active ? words.restored : words.archiveDone}
        >
          <div>
            <Button>{location.active ? words.archive : words.restore}</Button>
          </div>
        </ActionForm>
      </Section>
    </SettingsFrame>
  )
}
