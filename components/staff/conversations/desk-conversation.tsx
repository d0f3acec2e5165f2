'use client'

import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { MessageItem, MessageList } from '@/components/ui/data/message-list'
import { Columns } from '@/components/ui/layout/columns'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { changeConversation, readDeskConversation } from '@/lib/actions/staff/conversations/conversation-desk'
import { useDocument } from '@/lib/client/documents/use-document'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { DeskConversation as Conversation, Message } from '@/lib/domain/conversations/conversation'
import { type ConversationPulse, conversationPulseOf } from '@/lib/domain/conversations/live'
import { dataOrThrow } from '@/lib/domain/core/result'
import { shopTime } from '@/lib/domain/core/shop-time'
import { timing } from '@/lib/domain/live/feed'
import { AnswerForm } from './answer-form'
import { Context, type ContextFacts } from './context'
import { deskWords, statusWords } from './words'

/** A conversation, live, with what it is about beside it. Renders a `<div>`. */
export function DeskConversation({
  first,
  pulse,
  names,
  canAnswer,
  name,
  ...context
}: {
  first: Conversation
  pulse: readonly ConversationPulse[]
  names: Readonly<Record<string, string>>
  canAnswer: boolean
  /** Of the staff member who reads it. */
  name: string
} & ContextFacts) {
  const { conversation_id: id } = first
  const { rows } = useLiveQuery(conversationPulseOf(id), pulse)
  const { document: conversation } = useDocument({
    name: 'conversation',
    id,
    first,
    versionOf: ({ version }) => version,
    announced: rows[0]?.version ?? first.version,
    read: async () => dataOrThrow('conversation', await readDeskConversation(id)),
    // Holds of the cart begin and end without a change of the conversation.
    rereadMs: timing.serverCompareMs,
  })
  const nameOf = (author: string | null) => (author && names[author]) || deskWords.aStaffMember
  return (
    <Columns ratio="3:2">
      <Stack gap={6} atTop shrinks>
        <State conversation={conversation} nameOf={nameOf} canAnswer={canAnswer} />
        <MessageList label={deskWords.messages}>
          {conversation.messages.map((message) => (
            <MessageItem
              key={message.position}
              at={message.at}
              when={shopTime(message.at)}
              author={authorWords(message, nameOf)}
              look={message.kind === 'note' ? 'note' : message.kind === 'staff' ? 'own' : 'other'}
            >
              {message.body}
            </MessageItem>
          ))}
        </MessageList>
        {canAnswer ? <AnswerForm id={id} name={name} /> : <Text tone="soft">{deskWords.viewOnly}</Text>}
      </Stack>
      <Context conversation={conversation} {...context} />
    </Columns>
  )
}

type NameOf = (author: string | null) => string

function authorWords({ kind, author }: Message, nameOf: NameOf): string {
  if (kind === 'shopper') return deskWords.customer
  return kind === 'note' ? deskWords.note(nameOf(author)) : nameOf(author)
}

/** The status, who answers, and the buttons for both. Renders a `<div>`. */
function State({
  conversation,
  nameOf,
  canAnswer,
}: {
  conversation: Conversation
  nameOf: NameOf
  canAnswer: boolean
}) {
  const { conversation_id, status, assigned_to } = conversation
  return (
    <Row align="center" gap="wide">
      <p role="status">
        {statusWords[status]}.{' '}
        {assigned_to ? deskWords.assignedTo(nameOf(assigned_to)) : deskWords.unassigned}
      </p>
      {canAnswer && (
        <>
          <ActionForm action={changeConversation} fields={{ conversation_id, assign: 'me' }}>
            <Button>{deskWords.assignToMe}</Button>
          </ActionForm>
          <ActionForm
            action={changeConversation}
            fields={{ conversation_id, status: status === 'resolved' ? 'open' : 'resolved' }}
          >
            <Button>{status === 'resolved' ? deskWords.reopen : deskWords.resolve}</Button>
          </ActionForm>
        </>
      )}
    </Row>
  )
}
