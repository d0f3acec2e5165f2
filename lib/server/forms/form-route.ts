import 'server-only'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import { postedForm, seeOther } from '@/lib/server/http/posted-form'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { tryLater } from '@/lib/server/resilience/try-later'
import { answerTo, type FormDefinition, leaveAnswer } from './define-form'

/**
 * A form that is posted to a separate route without JavaScript, because an action costs a rush too much (decision 0017).
 * It leads back to its page, or answers a caller who was refused for now with a status and `words`. A browser that has just
 * been given its first cookie sends the form again automatically, with the cookie.
 */
export function formRoute<Request, Data>(
  definition: FormDefinition<Request, Result<Data>>,
  words: (refusal: Refusal) => string,
) {
  return answeringUnavailable(async (request: globalThis.Request): Promise<Response> => {
    const form = await postedForm(request)
    if (form instanceof Response) return form
    const answer = await answerTo(definition, form)
    if (!answer.ok && answer.error.code === 'cookies_blocked' && !isRepeat(request)) return sendAgain(request)
    const later = answer.ok ? null : tryLater(answer.error, words(answer.error))
    return later ?? seeOther(await leaveAnswer(definition, answer, form))
  })
}

const repeat = 'again'

function isRepeat({ url }: globalThis.Request): boolean {
  return new URL(url).searchParams.has(repeat)
}

/** 307 keeps the method and the fields. */
function sendAgain({ url }: globalThis.Request): Response {
  return new Response(null, {
    status: 307,
    headers: { location: `${new URL(url).pathname}?${repeat}`, 'cache-control': 'private, no-store' },
  })
}
