import type { ReactNode } from 'react'
import { NavLink } from '@/components/staff/shell/nav-link'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Tabs } from '@/components/ui/navigation/tab-link'
import { TextLink } from '@/components/ui/text/text-link'
import type { StaffRole } from '@/lib/domain/people/staff'
import { sectionsFor } from './sections'
import { settingsWords } from './words'

/** A page of Settings: the way to the others, its title, its content. Renders a `<main>`. */
export function SettingsFrame({
  title,
  role = 'manager',
  children,
}: {
  title: string
  /** The role that looks at it. */
  role?: StaffRole
  children: ReactNode
}) {
  return (
    <StaffPage gap={8}>
      <PageHeading
        above={
          <TextLink tone="link" size="small" href="/staff/settings">
            {settingsWords.settings}
          </TextLink>
        }
        title={title}
      />
      <Tabs label={settingsWords.pages}>
        {sectionsFor(role).map(({ href, title: name }) => (
          <NavLink key={href} href={href}>
            {name}
          </NavLink>
        ))}
      </Tabs>
      {children}
    </StaffPage>
  )
}
