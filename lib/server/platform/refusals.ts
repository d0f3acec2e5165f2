import 'server-only'
import { busy, type DataApiError, type RefusedInCall, refusalIn } from '@/lib/domain/core/data-api-error'
import type { Refusal } from '@/lib/domain/core/refusal'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { Unavailable } from '@/lib/domain/core/unavailable'
import { wasNotSent } from '@/lib/server/resilience/steady-fetch'

/** The response of a query, in supabase-js's shape. */
export interface Answer<Data> {
  data: Data
  error: DataApiError | null
}

/** A write's outcome: its data, or the refusal it met. Throws when the error is a fault, naming what was asked. */
export function outcome<Data>(
  asked: string,
  { data, error }: Answer<Data>,
): Result<NonNullable<Data>, Refusal> {
  if (error) return refused(refusalOrThrow(asked, error))
  if (data === null || data === undefined) throw new Error(`${asked}: answered nothing`)
  return accepted(data as NonNullable<Data>)
}

/** A read's rows. Reads are not refused: whatever goes wrong is a fault, `Unavailable` where a retry may succeed. */
export function rowsOrThrow<Data>(asked: string, answer: Answer<Data>): NonNullable<Data> {
  const data = valueOrNull(asked, answer)
  if (data === null) throw new Error(`${asked}: answered nothing`)
  return data
}

/** The same for a read that may have no answer. */
export function valueOrNull<Data>(asked: string, { data, error }: Answer<Data>): NonNullable<Data> | null {
  if (error) throw fault(asked, error)
  return data ?? null
}

/** The refusal of one request among many in a call; throws when it is none that we know. */
export function refusalInCall(asked: string, { status, code, detail }: RefusedInCall): Refusal {
  return refusalOrThrow(asked, { code: `PT${status}`, message: code, details: JSON.stringify(detail) })
}

/** The refusal in an error; throws when it is a fault, naming what was asked. */
export function refusalOrThrow(asked: string, error: DataApiError): Refusal {
  const refusal = refusalIn(error)
  if (refusal) return refusal
  if (wasNotSent(error.message)) return busy()
  throw fault(asked, error)
}

/** The error to throw for what the Data API answered, or for no answer. */
function fault(asked: string, error: DataApiError): Error {
  const words = `${asked}: ${error.code} ${error.message}`
  return isOutage(error) ? new Unavailable(words, { cause: error }) : new Error(words, { cause: error })
}

/** supabase-js leaves the code empty where no answer came, and undefined where a gateway answered in its place. */
function isOutage(error: DataApiError): boolean {
  const refusal = refusalIn(error)?.code
  return !error.code || /^08/.test(error.code) || refusal === 'busy' || refusal === 'read_only'
}
