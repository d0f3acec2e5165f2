import { discoveryDocument } from '@/lib/domain/agents/protocol'
import { paymentsOf } from '@/lib/server/agents/show-checkout'
import { siteUrl } from '@/lib/server/http/site-url'

/** Where and how shopping agents buy here (docs/agents.md). */
export async function GET(): Promise<Response> {
  const document = discoveryDocument(paymentsOf('collection'), await siteUrl())
  return Response.json(document, { headers: { 'cache-control': 'public, max-age=300' } })
}
