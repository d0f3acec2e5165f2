import { after } from 'next/server'
import { giveBackWhatIsDue, receivePaymentEvent, signatureHeader } from '@/lib/server/payments'

/** Longer than any event; anything beyond is not read into memory. */
const mostBytes = 10_000

/**
 * The webhook of the sandbox provider. Answers 200 with what the event came to, also when it came before; 403 for a
 * signature that is not the provider's, 404 for a payment that is not ours, 422 for what is no event.
 */
export async function POST(request: Request): Promise<Response> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes)
    return new Response(null, { status: 413 })
  const received = await receivePaymentEvent(await request.text(), request.headers.get(signatureHeader) ?? '')
  if (!received.ok) return Response.json(received.error, { status: statusOf(received.error.code) })
  const { effect, order_id } = received.data
  if (effect === 'refund_due') after(() => giveBackWhatIsDue(order_id))
  return Response.json({ effect })
}

function statusOf(code: string): number {
  return code === 'bad_signature' ? 403 : code === 'not_found' ? 404 : 422
}
