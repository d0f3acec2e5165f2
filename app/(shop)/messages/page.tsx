import type { Metadata } from 'next'
import { orUnavailable } from '@/app/unavailable-page'
import { ConversationList } from '@/components/shop/conversations/conversation-list'
import { conversationListWords } from '@/components/shop/conversations/words'
import { ShopPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { TextLink } from '@/components/ui/text/text-link'
import { ownConversations } from '@/lib/server/conversations/conversations'

export const instant = false

export const metadata: Metadata = { title: conversationListWords.title, robots: { index: false } }

/** The conversations of this browser's shopper. */
export default orUnavailable('catalogue', async function MessagesPage() {
  const conversations = await ownConversations()
  return (
    <ShopPage>
      <Stack gap={6} width="prose">
        <Heading level={1}>{conversationListWords.title}</Heading>
        <ConversationList conversations={conversations} />
        <TextLink href="/messages/new">{conversationListWords.ask}</TextLink>
      </Stack>
    </ShopPage>
  )
})
