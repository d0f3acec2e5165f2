import { after } from 'next/server'
import { webhookLimit } from '@/lib/server/http/body-limits'
import { boundedBody } from '@/lib/server/http/bounded-body'
import { settleIntent } from '@/lib/server/payments/settle-intent'
import { stripeClient } from '@/lib/server/payments/stripe-client'
import { noteStripeEvent, readEvent } from '@/lib/server/payments/stripe-events'
import { stripeSettings } from '@/lib/server/platform/env'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'

/**
 * The webhook of Stripe. Answers 200 once the event is noted, also when it came before or concerns another shop; 400 for a
 * body that Stripe did not sign, 404 where the shop takes no cards, 503 when it must be sent again.
 */
export const POST = answeringUnavailable(async (request: Request): Promise<Response> => {
  const settings = stripeSettings()
  const stripe = stripeClient(settings)
  if (!settings || !stripe) return new Response(null, { status: 404 })
  const body = await boundedBody(request, webhookLimit)
  if (body instanceof Response) return body
  const signature = request.headers.get('stripe-signature') ?? ''
  const event = readEvent(stripe, body, signature, settings.webhookSecret)
  if (!event) return new Response(null, { status: 400 })
  const known = await noteStripeEvent(event)
  if (known) after(() => settleIntent(stripe, known).catch(() => undefined))
  return Response.json({ isNew: known !== null })
})
