import 'server-only'
import { type DataApiError, type Refusal, type RefusedInCall, refusalIn } from '@/lib/domain/refusal'
import { accepted, type Result, refused } from '@/lib/domain/result'

/** What a query answered, as supabase-js hands it over. */
interface Answer<Data> {
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

/** A read's rows. Reads are not refused: whatever goes wrong is a fault. */
export function rowsOrThrow<Data>(asked: string, { data, error }: Answer<Data>): NonNullable<Data> {
  if (error) throw new Error(`${asked}: ${error.code} ${error.message}`, { cause: error })
  if (data === null || data === undefined) throw new Error(`${asked}: answered nothing`)
  return data as NonNullable<Data>
}

/** The refusal of one request among many in a call; throws when it is none that we know. */
export function refusalInCall(asked: string, { status, code, detail }: RefusedInCall): Refusal {
  return refusalOrThrow(asked, { code: `PT${status}`, message: code, details: JSON.stringify(detail) })
}

/** The refusal in an error; throws when it is a fault, naming what was asked. */
export function refusalOrThrow(asked: string, error: DataApiError): Refusal {
  const refusal = refusalIn(error)
  if (refusal) return refusal
  throw new Error(`${asked}: ${error.code} ${error.message}`, { cause: error })
}
