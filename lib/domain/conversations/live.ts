import { z } from 'zod'
import { type LiveQuery, type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { rowsOf } from '@/lib/domain/stock/live'

/** The version of a conversation: enough to know when to read it again. */
const ConversationPulse = z.object({ id: z.guid(), version: z.int() })
export type ConversationPulse = z.infer<typeof ConversationPulse>

const conversations: LiveSource<ConversationPulse> = {
  table: 'conversations',
  ...rowsOf(ConversationPulse),
  by: 'id',
  id: (row) => row.id,
  version: (row) => row.version,
}

/** One conversation, for staff. */
export function conversationPulseOf(id: string): LiveQuery<ConversationPulse> {
  return liveQuery(conversations, [id])
}

const InboxCounts = z.object({ id: z.string(), open: z.int(), pending: z.int(), version: z.int() })
export type InboxCounts = z.infer<typeof InboxCounts>

const counts: LiveSource<InboxCounts> = {
  table: 'inbox_counts',
  ...rowsOf(InboxCounts),
  by: 'id',
  id: (row) => row.id,
  version: (row) => row.version,
}

/** How many conversations are open and pending. Its version grows with every change of a conversation. */
export const inboxCounts = liveQuery(counts, ['inbox'])

const AskedStock = z.object({ variant_id: z.guid(), available: z.int(), version: z.int() })
export type AskedStock = z.infer<typeof AskedStock>

const stock: LiveSource<AskedStock> = {
  table: 'availability',
  ...rowsOf(AskedStock),
  by: 'variant_id',
  id: (row) => row.variant_id,
  version: (row) => row.version,
}

/** The units of variants that can be sold, over all locations. */
export function availableOf(variantIds: readonly string[]): LiveQuery<AskedStock> {
  return liveQuery(stock, variantIds)
}
