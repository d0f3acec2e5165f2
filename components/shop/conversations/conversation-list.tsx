import type { Route } from 'next'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import type { OwnConversation } from '@/lib/domain/conversations/conversation'
import { conversationListWords, subjectWords } from './words'

/** The conversations of this shopper, the latest first. Renders a `<ul>`, or a `<p>` without any. */
export function ConversationList({ conversations }: { conversations: readonly OwnConversation[] }) {
  if (conversations.length === 0) return <EmptyState isPage>{conversationListWords.none}</EmptyState>
  return (
    <LineList>
      {conversations.map((conversation) => (
        <LineItem key={conversation.conversation_id}>
          <TextLink href={`/messages/${conversation.conversation_id}` as Route}>
            {subjectWords(conversation)}
          </TextLink>
          <Text size="small" tone="soft">
            {conversationListWords.last(conversation.last_at)}
          </Text>
        </LineItem>
      ))}
    </LineList>
  )
}
