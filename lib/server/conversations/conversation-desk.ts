import 'server-only'
import { z } from 'zod'
import { type ConversationStatus, DeskConversation, Inbox } from '@/lib/domain/conversations/conversation'
import { callFunction } from '@/lib/server/platform/call-function'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The conversations of one status. For staff. */
export async function readInbox(status: ConversationStatus): Promise<Inbox> {
  const client = await sessionClient()
  return Inbox.parse(rowsOrThrow('read_inbox', await client.rpc('read_inbox', { status })))
}

/** A conversation with its notes and the cart of its shopper; null for an unknown one. For staff. */
export async function deskConversation(conversation_id: string): Promise<DeskConversation | null> {
  const read = await callFunction('read_desk_conversation', { conversation_id })
  return read.ok ? DeskConversation.parse(read.data) : null
}

const AskedVariants = z.array(z.object({ id: z.guid(), sku: z.string(), option_values: z.array(z.string()) }))
export type AskedVariant = z.infer<typeof AskedVariants>[number]

/** The first 50 variants of a product that a shopper asks about. For staff. */
export async function variantsAskedAbout(productId: string): Promise<AskedVariant[]> {
  const client = await sessionClient()
  const found = await client
    .from('variants')
    .select('id, sku, option_values')
    .eq('product_id', productId)
    .order('position')
    .limit(50)
  return AskedVariants.parse(rowsOrThrow('variants', found))
}
