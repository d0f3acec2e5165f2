import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { DeskConversation } from '@/components/staff/conversations/desk-conversation'
import { deskWords, inboxWords, subjectWords } from '@/components/staff/conversations/words'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { TextLink } from '@/components/ui/text/text-link'
import { availableOf, conversationPulseOf } from '@/lib/domain/conversations/live'
import { ordersOf } from '@/lib/domain/orders/live'
import { roleReaches } from '@/lib/domain/people/staff'
import { deskConversation, variantsAskedAbout } from '@/lib/server/conversations/conversation-desk'
import { actorNames } from '@/lib/server/people/staff'
import { firstValue } from '@/lib/server/platform/live'
import { currentAccessToken, requireStaff } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: inboxWords.messages }

export default async function DeskConversationRoute({ params }: PageProps<'/staff/messages/[conversation]'>) {
  const member = await requireStaff('viewer')
  const id = z.guid().safeParse((await params).conversation)
  if (!id.success) notFound()
  const token = await currentAccessToken()
  const pulse = await firstValue(conversationPulseOf(id.data), token)
  const [conversation, names] = await Promise.all([deskConversation(id.data), actorNames()])
  if (!conversation) notFound()
  const { product, order } = conversation
  const [variants, orders] = await Promise.all([
    product ? variantsAskedAbout(product.id) : [],
    order ? firstValue(ordersOf([order.id]), token) : [],
  ])
  const stock = product ? await firstValue(availableOf(variants.map((variant) => variant.id)), token) : []
  return (
    <StaffPage gap={6}>
      <PageHeading
        title={deskWords.title(conversation.number, subjectWords(conversation))}
        above={
          <TextLink tone="link" size="small" href="/staff/messages">
            {deskWords.backToInbox}
          </TextLink>
        }
      />
      <DeskConversation
        first={conversation}
        pulse={pulse}
        names={names}
        canAnswer={roleReaches(member.role, 'stock')}
        name={member.name}
        variants={variants}
        stock={stock}
        orders={orders}
      />
    </StaffPage>
  )
}
