import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { Section } from '@/components/ui/layout/section'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import type { WaitlistLength as Length } from '@/lib/domain/waitlist/live'
import type { Waitlist } from '@/lib/domain/waitlist/waitlist'
import { WaitlistLength } from './waitlist-length'
import { waitlistWords } from './words'

/** The waitlist of a variant: its length, live, and its first people, without their addresses. Renders a `<section>`. */
export function VariantWaitlist({
  variantId,
  line,
  first,
}: {
  variantId: string
  line: Waitlist
  first: readonly Length[]
}) {
  return (
    <Section id="waitlist" title={waitlistWords.waitlist} gap={3}>
      <WaitlistLength variantId={variantId} first={first} />
      {line.entries.length > 0 && (
        <Table
          asCards
          caption={waitlistWords.caption}
          columns={[
            { heading: waitlistWords.place, end: true },
            { heading: waitlistWords.state },
            { heading: waitlistWords.joined },
          ]}
        >
          {line.entries.map((entry, index) => (
            <TableRow key={entry.id} card="grid" align="baseline">
              <Cell end figures>
                {index + 1}
              </Cell>
              <Cell names>
                {entry.offered_until
                  ? waitlistWords.offered(shopTimestamp(entry.offered_until))
                  : waitlistWords.waiting}
              </Cell>
              <Cell>
                {shopTimestamp(entry.created_at)},{' '}
                {entry.has_account ? waitlistWords.account : waitlistWords.guest}
              </Cell>
            </TableRow>
          ))}
        </Table>
      )}
    </Section>
  )
}
