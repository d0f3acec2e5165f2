import 'server-only'
import { type ExplainQuestion, Explanation } from '@/lib/domain/stock/explanation'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** What a quantity is made of, now or at a past moment. Throws for a question the database does not take. */
export async function explainQuantity({ at, ...question }: ExplainQuestion): Promise<Explanation> {
  const client = await sessionClient()
  const answer = await client.rpc('explain_quantity', { ...question, ...(at && { at }) })
  return Explanation.parse(rowsOrThrow('explain_quantity', answer))
}
