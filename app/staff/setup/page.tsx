import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { LocationForm } from '@/components/staff/settings/location-form'
import { SettingsPulse } from '@/components/staff/settings/pulses'
import { ShopForm } from '@/components/staff/settings/shop-form'
import { StartList } from '@/components/staff/settings/start/start-list'
import { startWords as words } from '@/components/staff/settings/start/start-words'
import { ButtonLink } from '@/components/ui/actions/button'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { shopChoices } from '@/lib/domain/settings/choices'
import { requireStaff } from '@/lib/server/session/session'
import { readSettings } from '@/lib/server/settings/settings'
import { readStart } from '@/lib/server/settings/start'

export const instant = false

export const metadata: Metadata = { title: words.setUp }

export default async function SetupRoute() {
  await requireStaff('manager')
  const [settings, start] = await Promise.all([readSettings(), readStart()])
  if (!start.name) {
    return (
      <Step number={1} intro={words.nameIntro}>
        <SettingsPulse version={settings.version} />
        <ShopForm settings={settings} {...shopChoices(settings.locale)} />
      </Step>
    )
  }
  if (!start.location) {
    return (
      <Step number={2} intro={words.locationIntro}>
        <LocationForm />
      </Step>
    )
  }
  const isReady = Object.values(start).every(Boolean)
  return (
    <StaffPage gap={8}>
      <PageHeading title={words.ready}>{isReady ? words.canSell : words.readyIntro}</PageHeading>
      <Stack width="form" gap={6}>
        <StartList steps={start} />
        <Row gap={4}>
          <ButtonLink kind="primary" href="/staff/dashboard">
            {words.toDashboard}
          </ButtonLink>
          <ButtonLink href="/">{words.toShop}</ButtonLink>
        </Row>
      </Stack>
    </StaffPage>
  )
}

function Step({ number, intro, children }: { number: number; intro: string; children: ReactNode }) {
  return (
    <StaffPage gap={8}>
      <PageHeading
        title={words.setUp}
        above={
          <Text size="small" tone="soft">
            {words.stepOf(number)}
          </Text>
        }
      >
        {intro}
      </PageHeading>
      {children}
    </StaffPage>
  )
}
