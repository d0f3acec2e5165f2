import 'server-only'
import { NamedDocuments } from '@/lib/domain/stock/named-document'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** What the documents are that lines of the ledger name, as far as the caller may open them. */
export async function namedDocuments(names: readonly string[]): Promise<NamedDocuments> {
  const client = await sessionClient()
  const answer = await client.rpc('named_documents', { names: [...names] })
  return NamedDocuments.parse(rowsOrThrow('named_documents', answer))
}
