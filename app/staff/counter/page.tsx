import type { Metadata } from 'next'
import { CounterSale } from '@/components/staff/counter/counter-sale'
import { counterWords } from '@/components/staff/counter/words'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { StaffPage } from '@/components/ui/layout/page'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { ownLocations } from '@/lib/domain/people/staff'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: counterWords.counter }

export default async function CounterRoute() {
  const member = await requireStaff('stock')
  const own = ownLocations(member, await activeLocations())
  return (
    <StaffPage>
      <Heading level={1}>{counterWords.counter}</Heading>
      {own.length === 0 ? (
        <EmptyState isPage>{counterWords.noLocation}</EmptyState>
      ) : (
        <>
          <Text size="small" tone="soft" prose>
            {counterWords.intro}
          </Text>
          <CounterSale locations={own} />
        </>
      )}
    </StaffPage>
  )
}
