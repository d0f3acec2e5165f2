'use client'

import type { Route } from 'next'
import { MessageItem, MessageList } from '@/components/ui/data/message-list'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { sendMessage } from '@/lib/actions/shop/conversations'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import type { Conversation } from '@/lib/domain/conversations/conversation'
import type { Refusal } from '@/lib/domain/core/refusal'
import { shopTime } from '@/lib/domain/core/shop-time'
import { conversationOf } from './conversation-query'
import { MessageForm } from './message-form'
import { askWords, conversationWords, subjectWords } from './words'

const stateWords: Record<Conversation['status'], string> = {
  open: conversationWords.waiting,
  pending: conversationWords.answered,
  resolved: conversationWords.resolved,
}

/** A conversation of this shopper, live, with a field for the next message. Renders a `<div>`. */
export function LiveConversation({
  id,
  first,
  posted,
}: {
  id: string
  first: readonly [Conversation]
  /** The refusal of the message before, without JavaScript. */
  posted: Refusal | null
}) {
  const { rows } = useLiveQuery(conversationOf(id), first)
  const conversation = rows[0] ?? first[0]
  const { product, order } = conversation
  const subject = subjectWords(conversation)
  const link = product
    ? `/products/${product.handle}`
    : order
      ? `/orders/${order.id}`
      : conversation.about === 'cart'
        ? '/cart'
        : '/'
  return (
    <Stack gap={6} width="prose">
      <Stack gap={2} hugs>
        <Heading level={1}>{conversationWords.title(subject)}</Heading>
        <TextLink href={link as Route}>{conversationWords.back[conversation.about]}</TextLink>
      </Stack>
      <MessageList label={conversationWords.messages}>
        {conversation.messages.map((message) => (
          <MessageItem
            key={message.position}
            at={message.at}
            when={shopTime(message.at)}
            author={message.kind === 'shopper' ? conversationWords.you : conversationWords.theShop}
            look={message.kind === 'shopper' ? 'own' : 'other'}
          >
            {message.body}
          </MessageItem>
        ))}
      </MessageList>
      <Text tone="soft" role="status">
        {stateWords[conversation.status]}
      </Text>
      <MessageForm
        action={sendMessage}
        fields={{ conversation_id: id }}
        page={`/messages/${id}`}
        posted={posted}
        label={conversationWords.yourMessage}
        rows={3}
        send={conversationWords.send}
      />
      <TextLink href="/messages">{askWords.yourMessages}</TextLink>
    </Stack>
  )
}
