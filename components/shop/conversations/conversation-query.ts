import { conversationsNow } from '@/lib/actions/shop/conversations'
import type { Conversation } from '@/lib/domain/conversations/conversation'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { SignedOut } from '@/lib/domain/live/signed-out'

/** A conversation as its shopper sees it. It comes from the shop's server, which has the secret; browsers have not. */
const conversations: LiveSource<Conversation> = {
  table: 'conversations',
  columns: [],
  by: 'conversation_id',
  parse: () => null,
  id: (conversation) => conversation.conversation_id,
  version: (conversation) => conversation.version,
  async fetchRows(ids) {
    const found = await conversationsNow(ids)
    if (!found) throw new SignedOut('conversations')
    return found
  },
}

export function conversationOf(id: string): LiveQuery<Conversation> {
  return liveQuery(conversations, [id])
}
