import type { Metadata, Route } from 'next'
import { ActionForm } from '@/components/staff/forms/action-form'
import { LocationForm } from '@/components/staff/settings/location-form'
import { LocationsPulse } from '@/components/staff/settings/pulses'
import { SettingsFrame } from '@/components/staff/settings/settings-frame'
import { SortedList } from '@/components/staff/settings/sorted-list'
import { sectionWords, locationWords as words } from '@/components/staff/settings/words'
import { Button } from '@/components/ui/actions/button'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { restoreLocation, sortLocations } from '@/lib/actions/staff/settings'
import { requireStaff } from '@/lib/server/session/session'
import { allLocations } from '@/lib/server/settings/locations'

export const instant = false

export const metadata: Metadata = { title: sectionWords.locations.title }

const pageOf = (id: string) => `/staff/settings/locations/${id}` as Route

export default async function LocationsRoute() {
  await requireStaff('manager')
  const locations = await allLocations()
  const active = locations.filter((location) => location.active)
  const archived = locations.filter((location) => !location.active)
  return (
    <SettingsFrame title={sectionWords.locations.title}>
      <LocationsPulse locations={locations} />
      <Text size="small" tone="soft" prose>
        {words.intro}
      </Text>
      {active.length === 0 && <EmptyState>{words.none}</EmptyState>}
      {active.length > 0 && (
        <SortedList
          label={words.active}
          action={sortLocations}
          entries={active.map(({ id, name, address }) => ({
            ...{ key: id, name, href: pageOf(id), about: address || words.noAddress },
          }))}
        />
      )}
      {archived.length > 0 && (
        <Section id="archived" title={words.archived} width="form">
          <LineList>
            {archived.map(({ id, name }) => (
              <LineItem key={id} layout="spread">
                <TextLink tone="link" href={pageOf(id)}>
                  {name}
                </TextLink>
                <ActionForm
                  action={restoreLocation}
                  fields={{ location_id: id }}
                  done={words.restored}
                  layout="row"
                >
                  <Button>{words.restore}</Button>
                </ActionForm>
              </LineItem>
            ))}
          </LineList>
        </Section>
      )}
      <Section id="add" title={words.add}>
        <LocationForm />
      </Section>
    </SettingsFrame>
  )
}
