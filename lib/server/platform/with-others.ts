import 'server-only'
import { busy } from '@/lib/domain/core/data-api-error'
import type { Refusal } from '@/lib/domain/core/refusal'
import { type Result, refused } from '@/lib/domain/core/result'
import { Overloaded } from '@/lib/domain/core/together'

/** Thrown by a batch that the database refused as a whole, so that each request is sent again alone. */
export class BatchRefused extends Error {
  override name = 'BatchRefused'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** The data of a call for many; throws when all of it was refused. */
export function dataOrBatchRefused<Data>(result: Result<Data>): Data {
  if (result.ok) return result.data
  throw new BatchRefused(result.error)
}

/** The answer to one request of many, or why it was not served. */
export async function servedOrRefused<Answer>(asked: Promise<Answer>): Promise<Result<Answer>> {
  try {
    return { ok: true, data: await asked }
  } catch (cause) {
    if (cause instanceof BatchRefused) return refused(cause.refusal)
    if (cause instanceof Overloaded) return refused(busy())
    throw cause
  }
}
