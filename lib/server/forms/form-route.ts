import 'server-only'
import type { Refusal } from '@/lib/domain/core/refusal'
import type { Result } from '@/lib/domain/core/result'
import { postedForm, seeOther } from '@/lib/server/http/posted-form'
import { answeringUnavailable } from '@/lib/server/resilience/answering-unavailable'
import { tryLater } from '@/lib/server/resilience/try-later'
import { answerTo, type FormDefinition, leaveAnswer } from './define-form'

/**
 * A form that is posted to a separate route without JavaScript, because an action costs a rush too much (decision 0017).
 * It leads back to its page, or answers a caller who was refused for now with a status and `words`.
 */
export function formRoute<Request, Data>(
  definition: FormDefinition<Request, Result<Data>>,
  words: (refusal: Refusal) => string,
) {
  return answeringUnavailable(async (request: globalThis.Request): Promise<Response> => {
    const form = await postedForm(request)
    if (form instanceof Response) return form
    const answer = await answerTo(definition, form)
    const later = answer.ok ? null : tryLater(answer.error, words(answer.error))
    return later ?? seeOther(await leaveAnswer(definition, answer, form))
  })
}
