import type { Metadata } from 'next'
import { sectionsFor } from '@/components/staff/settings/sections'
import { settingsWords } from '@/components/staff/settings/words'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { requireStaff } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: settingsWords.settings }

export default async function SettingsRoute() {
  const member = await requireStaff('viewer')
  return (
    <StaffPage gap={8}>
      <PageHeading title={settingsWords.settings} />
      <LineList>
        {sectionsFor(member.role).map(({ href, title, about }) => (
          <LineItem key={href}>
            <TextLink tone="link" href={href}>
              {title}
            </TextLink>
            <Text size="small" tone="soft">
              {about}
            </Text>
          </LineItem>
        ))}
      </LineList>
    </StaffPage>
  )
}
