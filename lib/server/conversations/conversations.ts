import 'server-only'
import {
  type AskShop,
  Conversation,
  OwnConversation,
  type SendMessage,
} from '@/lib/domain/conversations/conversation'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { networkArgument } from '@/lib/server/network/client-network'
import { outcome, rowsOrThrow } from '@/lib/server/platform/refusals'
import { cartTokenOrNew, orderToken } from '@/lib/server/session/guest-secrets'
import { currentShopper } from '@/lib/server/session/shopper'

// The conversations of this browser's shopper: an account, or the guest with the secret of the cart.

/** Asks the shop. A browser without a cart gets its secret now, so that it can read the answer. */
export async function askShop({ about_id, ...asked }: AskShop): Promise<Result<{ conversation_id: string }>> {
  const shopper = await currentShopper(cartTokenOrNew)
  if (!shopper) return refused({ code: 'cookies_blocked', detail: {} })
  const token = asked.about === 'order' && about_id ? await orderToken(about_id) : null
  const sent = outcome<unknown>(
    'ask_shop',
    await shopper.client.rpc('ask_shop', {
      ...asked,
      ...(about_id && { about_id }),
      ...(token && { order_token: token }),
      ...shopper.cart,
      ...(await networkArgument()),
    }),
  )
  return sent.ok ? accepted(sent.data as { conversation_id: string }) : sent
}

/** The next message of this shopper in a conversation of theirs. */
export async function sendMessage(asked: SendMessage): Promise<Result<unknown>> {
  const shopper = await currentShopper()
  if (!shopper) return refused({ code: 'not_found', detail: {} })
  return outcome<unknown>(
    'send_message',
    await shopper.client.rpc('send_message', { ...asked, ...shopper.cart, ...(await networkArgument()) }),
  )
}

/** A conversation of this shopper; null for one that is not theirs. */
export async function findConversation(conversation_id: string): Promise<Conversation | null> {
  const shopper = await currentShopper()
  if (!shopper) return null
  const read = outcome<unknown>(
    'read_conversation',
    await shopper.client.rpc('read_conversation', { conversation_id, ...shopper.cart }),
  )
  return read.ok ? Conversation.parse(read.data) : null
}

/** The conversations of this shopper, the latest first. */
export async function ownConversations(): Promise<OwnConversation[]> {
  const shopper = await currentShopper()
  if (!shopper) return []
  return OwnConversation.array().parse(
    rowsOrThrow('read_own_conversations', await shopper.client.rpc('read_own_conversations', shopper.cart)),
  )
}
