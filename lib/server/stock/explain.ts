import 'server-only'
import { type ExplainQuestion, Explanation } from '@/lib/domain/stock/explanation'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The parts of a quantity, now or at a past moment. Throws for arguments that the database rejects. */
export async function explainQuantity({ at, ...question }: ExplainQuestion): Promise<Explanation> {
  const client = await sessionClient()
  const answer = await client.rpc('explain_quantity', { ...question, ...(at && { at }) })
  return Explanation.parse(rowsOrThrow('explain_quantity', answer))
}
