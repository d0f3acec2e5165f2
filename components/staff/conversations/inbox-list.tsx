import type { Route } from 'next'
import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { ConversationStatus, Inbox } from '@/lib/domain/conversations/conversation'
import { shopTimestamp } from '@/lib/domain/core/shop-time'
import { inboxWords, subjectWords } from './words'

/** The conversations of one status. Renders a `<table>`, or a `<p>` without any. */
export function InboxList({
  inbox,
  status,
  names,
}: {
  inbox: Inbox
  status: ConversationStatus
  names: Readonly<Record<string, string>>
}) {
  if (inbox.conversations.length === 0) return <EmptyState isPage>{inboxWords.none[status]}</EmptyState>
  return (
    <Table
      asCards
      caption={inboxWords.caption}
      columns={[
        { heading: inboxWords.conversation },
        { heading: inboxWords.latest },
        { heading: inboxWords.assignee },
        { heading: inboxWords.since },
      ]}
    >
      {inbox.conversations.map((conversation) => (
        <TableRow key={conversation.conversation_id} card="grid" align="baseline">
          <Cell names wide>
            <TextLink size="name" href={`/staff/messages/${conversation.conversation_id}` as Route}>
              {conversation.number} · {subjectWords(conversation)}
            </TextLink>{' '}
            <Text as="span" tone="soft">
              {conversation.has_account ? inboxWords.account : inboxWords.guest}
            </Text>
          </Cell>
          <Cell wide>
            <Text breaks prose>
              {conversation.latest}
            </Text>
          </Cell>
          <Cell tone="soft">
            {conversation.assigned_to
              ? (names[conversation.assigned_to] ?? inboxWords.nobody)
              : inboxWords.nobody}
          </Cell>
          <Cell figures tone="soft">
            {shopTimestamp(conversation.last_at)}
          </Cell>
        </TableRow>
      ))}
    </Table>
  )
}
