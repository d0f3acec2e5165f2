import { QuotedDelivery } from '@/lib/domain/checkout/totals'
import { quoteOrder } from '@/lib/server/checkout/quote'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'

/** The total of this browser's cart, collected or delivered to a country and postcode; null where there is no cart. */
export const GET = answeringUnavailable(async (request: Request): Promise<Response> => {
  const asked = QuotedDelivery.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (!asked.success) return new Response(null, { status: 400 })
  return Response.json(await quoteOrder(asked.data), { headers: { 'cache-control': 'private, no-store' } })
})
