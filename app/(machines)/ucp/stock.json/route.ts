import { stockSchema } from '@/lib/domain/agents/stock-note'
import { siteUrl } from '@/lib/server/http/site-url'

/** The JSON schema of the shop's extension of the protocol. */
export async function GET(): Promise<Response> {
  const address = new URL('/ucp/stock.json', await siteUrl())
  return Response.json(stockSchema(address.href), { headers: { 'cache-control': 'public, max-age=300' } })
}
