import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { orUnavailable } from '@/app/unavailable-page'
import { LiveConversation } from '@/components/shop/conversations/live-conversation'
import { conversationWords } from '@/components/shop/conversations/words'
import { ShopPage } from '@/components/ui/layout/page'
import { RefusedForm } from '@/lib/domain/forms/refused-form'
import { findConversation } from '@/lib/server/conversations/conversations'
import { readFlash } from '@/lib/server/http/flash'

export const instant = false

export const metadata: Metadata = {
  title: conversationWords.messages,
  robots: { index: false },
  referrer: 'same-origin',
}

/** A conversation of this browser's shopper. */
export default orUnavailable(
  'catalogue',
  async function ConversationPage({ params }: PageProps<'/messages/[conversation]'>) {
    const id = z.guid().safeParse((await params).conversation)
    const conversation = id.success ? await findConversation(id.data) : null
    if (!conversation) notFound()
    const posted = await readFlash(RefusedForm)
    return (
      <ShopPage>
        <LiveConversation
          id={conversation.conversation_id}
          first={[conversation]}
          posted={posted?.refusal ?? null}
        />
      </ShopPage>
    )
  },
)
