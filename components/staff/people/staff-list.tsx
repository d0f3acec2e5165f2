import type { Route } from 'next'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { StaffRecord } from '@/lib/domain/people/people'
import type { Location } from '@/lib/domain/stock/place'
import { rightsWords, staffListWords } from './words'

/** Everybody who works here, and who did. Each name leads to their page. Renders a `<ul>`. */
export function StaffList({
  staff,
  locations,
  ownId,
}: {
  staff: readonly StaffRecord[]
  locations: readonly Location[]
  ownId: string
}) {
  return (
    <LineList>
      {staff.map((staffMember) => (
        <LineItem
          key={staffMember.user_id}
          layout="cells"
          data-left={!staffMember.active || undefined}
          className="data-left:text-soft tablet:grid-cols-[1fr_1.4fr_1.4fr]"
        >
          <span>
            <TextLink size="name" isTall href={`/staff/people/${staffMember.user_id}` as Route}>
              {staffMember.name}
            </TextLink>
            {staffMember.user_id === ownId && (
              <Text as="span" tone="soft">
                {' '}
                {staffListWords.you}
              </Text>
            )}
          </span>
          <Text as="span" tone="soft" breaks>
            {staffMember.email}
          </Text>
          <span className="first-letter:uppercase">
            {staffMember.active ? rightsWords(staffMember, locations) : staffListWords.noLongerHasAccess}
          </span>
        </LineItem>
      ))}
    </LineList>
  )
}
