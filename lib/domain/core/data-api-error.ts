import { z } from 'zod'
import { Refusal } from './refusal'

/** The refusal of one request among many in a call, where SQL may not raise it (private.refusal). */
export const RefusedInCall = z.object({
  status: z.int(),
  code: z.string(),
  detail: z.unknown(),
  hint: z.string(),
})
export type RefusedInCall = z.infer<typeof RefusedInCall>

/** The error supabase-js returns when the Data API refuses. */
export interface DataApiError {
  /** Empty where no answer came at all. */
  code: string
  message: string
  details?: unknown
}

/** Codes with which the Data API itself turns a request away for want of a valid session. */
const sessionErrors = new Set(['PGRST301', 'PGRST302', 'PGRST303', '42501'])

/**
 * The errors of a database that cannot take a change now, by the beginning of its code. Each of these ends the
 * transaction, so nothing of it is left. A connection that breaks (08006) is not among them: its outcome is unknown.
 */
const cannotNow: readonly (readonly [prefix: string, code: 'busy' | 'read_only'])[] = [
  // Told not to write, or unable to: a standby, a project over its quota, a full disk.
  ['25006', 'read_only'],
  ['53100', 'read_only'],
  ['58', 'read_only'],
  // Out of memory or connections, waiting too long for a lock or an answer, in each other's way, going down or coming up.
  ['53', 'busy'],
  ['55P03', 'busy'],
  ['57014', 'busy'],
  ['57P0', 'busy'],
  ['40001', 'busy'],
  ['40P01', 'busy'],
  // It could not be connected to; PGRST000 to 003 are the Data API's words for that.
  ['08001', 'busy'],
  ['08004', 'busy'],
  ['PGRST00', 'busy'],
]

/** Refused for now; the client may ask again after so many seconds. */
export function busy(retry_after_seconds = 2): Extract<Refusal, { code: 'busy' }> {
  return { code: 'busy', detail: { retry_after_seconds } }
}

/**
 * The refusal in a Data API error; undefined when it is none, which is a fault and not for the person to solve.
 * SQL raises SQLSTATE PTxyz with the code as message and JSON as detail.
 */
export function refusalIn(error: DataApiError): Refusal | undefined {
  if (!error.code) return undefined
  if (sessionErrors.has(error.code)) return { code: 'signed_out', detail: {} }
  const now = cannotNow.find(([prefix]) => error.code.startsWith(prefix))?.[1]
  if (now) return now === 'busy' ? busy() : { code: now, detail: {} }
  if (!/^PT\d{3}$/.test(error.code)) return undefined
  return Refusal.safeParse({ code: error.message, detail: parseDetail(error.details) }).data
}

function parseDetail(details: unknown): unknown {
  if (typeof details !== 'string' || details === '') return {}
  try {
    return JSON.parse(details)
  } catch {
    return undefined
  }
}
