import type { Route } from 'next'
import type { ReactNode } from 'react'
import { TextLink } from '@/components/ui/text/text-link'
import type { StaffRole } from '@/lib/domain/people/staff'
import { type Source, sourceAddress } from '@/lib/domain/stock/source'

/** A link to the source of a movement, or plain text when this role has no page to open. Renders an `<a>`. */
export function SourceLink({
  source,
  role,
  children,
}: {
  source: Source | null
  /** The role of the signed-in staff member. */
  role: StaffRole
  children: ReactNode
}) {
  const address = source && sourceAddress(source, role)
  if (!address) return children
  return (
    <TextLink tone="link" href={address as Route}>
      {children}
    </TextLink>
  )
}
