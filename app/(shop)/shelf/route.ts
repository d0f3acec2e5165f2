import { networkOf } from '@/lib/domain/core/network'
import { addressIn } from '@/lib/server/network/client-network'
import { answerShelf } from '@/lib/server/stock/shelf-response'

/**
 * The stock of some products or variants, for an open page that compares itself. By `next start` the shop answers it before
 * Next does (lib/server/http/shelf-exchange.ts); this is the same on a platform without that server.
 */
export async function GET({ url, headers }: Request): Promise<Response> {
  const { pathname, search } = new URL(url)
  const address = addressIn(headers)
  const answer = await answerShelf({
    address: pathname + search,
    ifNoneMatch: headers.get('if-none-match'),
    network: address && networkOf(address),
  })
  return new Response(answer.body, { status: answer.status, headers: { ...answer.headers } })
}
