import 'server-only'
import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { ZodError, ZodType } from 'zod'
import { localPath } from '@/lib/domain/core/local-path'
import type { Refusal } from '@/lib/domain/core/refusal'
import { type Result, refused } from '@/lib/domain/core/result'
import { fieldsIn, pageField } from '@/lib/domain/forms/form-fields'
import { invalidInput } from '@/lib/domain/forms/invalid-input'
import type { StaffRole } from '@/lib/domain/people/staff'
import { forgetFlash, leaveFlash } from '@/lib/server/http/flash'
import { admitShopper, admitStaff } from '@/lib/server/session/admit'

export interface FormDefinition<Request, Answer> {
  /** The least role that may send it; 'anybody' for a form of the shop. */
  least: StaffRole | 'anybody'
  /** The request that the form makes; read first where it depends on the shop. */
  schema: ZodType<Request> | (() => Promise<ZodType<Request>>)
  /** The candidate for the schema; by default every field that was filled in, by its name. */
  read?: (form: FormData) => unknown
  /** Whether the page is rendered again with the answer. */
  refreshes?: boolean
  /** Does what is asked for. May lead to another page by `redirect`. */
  run: (request: Request, form: FormData) => Promise<Answer>
  /** The answer to a caller who may not, or to fields the schema refuses; by default a refused result. */
  refuse?: (refusal: Refusal, form: FormData, error?: ZodError) => Answer
  /** The message for the page that a form without JavaScript returns to (`readFlash`); by default none. */
  leave?: (answer: Answer, form: FormData) => unknown
}

/**
 * The action of a form: checks the caller and the size, reads the form by its schema, runs it and returns the answer. A
 * form with a return path was posted without JavaScript: it leads back there.
 */
export function defineForm<Request, Answer = Result<unknown>>(
  definition: FormDefinition<Request, Answer>,
): (form: FormData) => Promise<Answer> {
  return async (form) => {
    const answer = await answerTo(definition, form)
    const page = form instanceof FormData ? form.get(pageField) : null
    if (typeof page === 'string') return redirect((await leaveAnswer(definition, answer, form)) as Route)
    if (definition.refreshes) refresh()
    return answer
  }
}

/** Checks, reads and runs a form. */
export async function answerTo<Request, Answer>(
  {
    least,
    schema,
    read = fieldsIn,
    run,
    refuse = (refusal) => refused(refusal) as Answer,
  }: FormDefinition<Request, Answer>,
  form: FormData,
): Promise<Answer> {
  const entry = least === 'anybody' ? admitShopper(form) : await admitStaff(least, form)
  if (!entry.ok) return refuse(entry.error, form)
  const shape = typeof schema === 'function' ? await schema() : schema
  const request = shape.safeParse(read(form))
  return request.success ? run(request.data, form) : refuse(invalidInput(request.error), form, request.error)
}

/** Leaves the message about an answer for the page that a form returns to. Answers with the path of that page. */
export async function leaveAnswer<Request, Answer>(
  { leave }: FormDefinition<Request, Answer>,
  answer: Answer,
  form: FormData,
): Promise<string> {
  const path = localPath(form.get(pageField), '/')
  const [page] = path.split('?')
  const message = leave?.(answer, form)
  if (message) await leaveFlash(message, page)
  else if (leave) await forgetFlash(page)
  return path
}
