import { webhookLimit } from '@/lib/server/http/body-limits'
import { boundedBody } from '@/lib/server/http/bounded-body'
import { queueAuthMail, readHook } from '@/lib/server/mail/auth-hook'
import { sendEmailHookSecret } from '@/lib/server/platform/env'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'

/**
 * The Send-Email hook of Supabase Auth. Answers 200 once the message is in the outbox; 401 for a body that Auth did not
 * sign, 404 where the hook has no secret, 422 for a kind of message that the shop does not send, 503 when it must be called
 * again.
 */
export const POST = answeringUnavailable(async (request: Request): Promise<Response> => {
  const secret = sendEmailHookSecret()
  if (!secret) return new Response(null, { status: 404 })
  const body = await boundedBody(request, webhookLimit)
  if (body instanceof Response) return body
  const call = readHook(new TextDecoder().decode(body), request.headers, secret)
  if (!call) return refusal(401, 'The signature of the hook is wrong.')
  if (!(await queueAuthMail(call))) return refusal(422, 'This shop sends no e-mail of this kind.')
  return Response.json({})
})

/** An error as Auth reads it. */
function refusal(http_code: number, message: string): Response {
  return Response.json({ error: { http_code, message } }, { status: http_code })
}
