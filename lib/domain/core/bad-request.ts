import type { z } from 'zod'

const digest = 'bad_request'

/** A request that no page of the shop sends. It is answered with 400 and no words: only a program sends it. */
export class BadRequest extends Error {
  override name = 'BadRequest'
  readonly digest = digest
}

/** Whether an error is `BadRequest`, also where its class is lost. */
export function isBadRequest(cause: unknown): boolean {
  return cause instanceof Error && 'digest' in cause && cause.digest === digest
}

/** A sent value as its schema reads it. Throws `BadRequest`. */
export function readRequest<Schema extends z.ZodType>(schema: Schema, sent: unknown): z.infer<Schema> {
  const read = schema.safeParse(sent)
  if (!read.success)
    throw new BadRequest(`${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`)
  return read.data
}

/** The same for a value sent as JSON. */
export function readJsonRequest<Schema extends z.ZodType>(schema: Schema, sent: string): z.infer<Schema> {
  try {
    return readRequest(schema, JSON.parse(sent))
  } catch (cause) {
    throw cause instanceof SyntaxError ? new BadRequest(cause.message) : cause
  }
}
