import { after } from 'next/server'
import { giveBackWhatIsDue, receivePaymentEvent, signatureHeader } from '@/lib/server/checkout/payments'
import { webhookLimit } from '@/lib/server/http/body-limits'
import { boundedBody } from '@/lib/server/http/bounded-body'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'

/**
 * The webhook of the sandbox provider. Answers 200 with what the event came to, also when it came before; 403 for a
 * signature that is not the provider's, 404 for a payment that is not ours, 422 for what is no event, 503 when it must be sent
 * again.
 */
export const POST = answeringUnavailable(async (request: Request): Promise<Response> => {
  const body = await boundedBody(request, webhookLimit)
  if (body instanceof Response) return body
  const payload = new TextDecoder().decode(body)
  const received = await receivePaymentEvent(payload, request.headers.get(signatureHeader) ?? '')
  if (!received.ok) return Response.json(received.error, { status: statusOf(received.error.code) })
  const { effect, order_id } = received.data
  if (effect === 'refund_due') after(() => giveBackWhatIsDue(order_id))
  return Response.json({ effect })
})

function statusOf(code: string): number {
  if (code === 'busy' || code === 'read_only') return 503
  return code === 'bad_signature' ? 403 : code === 'not_found' ? 404 : 422
}
