import type { Metadata, Route } from 'next'
import { InboxList } from '@/components/staff/conversations/inbox-list'
import { InboxPulse } from '@/components/staff/conversations/inbox-pulse'
import { inboxWords, statusWords } from '@/components/staff/conversations/words'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { TabLink, Tabs } from '@/components/ui/navigation/tab-link'
import { ConversationStatus, conversationStatuses } from '@/lib/domain/conversations/conversation'
import { inboxCounts } from '@/lib/domain/conversations/live'
import { readInbox } from '@/lib/server/conversations/conversation-desk'
import { actorNames } from '@/lib/server/people/staff'
import { firstValue } from '@/lib/server/platform/live'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: inboxWords.messages }

export default async function InboxRoute({ searchParams }: PageProps<'/staff/messages'>) {
  await requireStaff('viewer')
  const status = ConversationStatus.catch('open').parse((await searchParams).status)
  // The live version is read first, so that no concurrent change is taken for known.
  const counts = await firstValue(inboxCounts, await currentAccessToken())
  const [inbox, names] = await Promise.all([readInbox(status), actorNames()])
  const count = { open: inbox.open, pending: inbox.pending, resolved: 0 }
  return (
    <StaffPage gap={6}>
      <InboxPulse first={counts} />
      <PageHeading title={inboxWords.messages} />
      <Tabs label={inboxWords.statuses}>
        {conversationStatuses.map((each) => (
          <TabLink
            key={each}
            href={`/staff/messages?status=${each}` as Route}
            aria-current={each === status ? 'page' : undefined}
            count={count[each] || undefined}
          >
            {statusWords[each]}
          </TabLink>
        ))}
      </Tabs>
      <InboxList inbox={inbox} status={status} names={names} />
    </StaffPage>
  )
}
