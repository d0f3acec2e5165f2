'use client'

import type { Route } from 'next'
import { Button } from '@/components/ui/actions/button'
import { MessageItem, MessageList } from '@/components/ui/data/message-list'
import { Problem } from '@/components/ui/feedback/problem'
import { FormFields } from '@/components/ui/form-fields'
import { MessageField } from '@/components/ui/forms/message-field'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { sendMessage } from '@/lib/actions/shop/conversations'
import { useForm } from '@/lib/client/forms/use-form'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type Conversation, messageLength } from '@/lib/domain/conversations/conversation'
import type { Refusal } from '@/lib/domain/core/refusal'
import { shopTime } from '@/lib/domain/core/shop-time'
import { conversationOf } from './conversation-query'
import { askWords, conversationWords, messageRefusalWords, subjectWords, unconfirmedWords } from './words'

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
      <SendForm id={id} posted={posted} />
      <TextLink href="/messages">{askWords.yourMessages}</TextLink>
    </Stack>
  )
}

/** The next message. Works without JavaScript. Renders a `<form>`. */
function SendForm({ id, posted }: { id: string; posted: Refusal | null }) {
  const { answer, isPending, isUnanswered, isUnsent, props } = useForm(sendMessage, {
    post: sendMessage,
    onAnswer: (answer, { form }) => answer.ok && form?.reset(),
  })
  const refusal = answer ? (answer.ok ? null : answer.error) : posted
  return (
    <Stack as="form" gap={3} {...props}>
      <input type="hidden" name="conversation_id" value={id} />
      <FormFields page={`/messages/${id}`} />
      <MessageField
        size="large"
        id="body"
        name="body"
        rows={3}
        label={conversationWords.yourMessage}
        maxLength={messageLength}
        required
      />
      <Problem size="body">
        {isUnanswered ? unconfirmedWords(isUnsent) : refusal && messageRefusalWords(refusal)}
      </Problem>
      <Button kind="primary" size="large" place="start" aria-disabled={isPending || undefined}>
        {isPending ? conversationWords.sending : conversationWords.send}
      </Button>
    </Stack>
  )
}
