import 'server-only'
import { cache } from 'react'
import { boundedMap } from '@/lib/domain/core/bounded-map'
import { isUnavailable } from '@/lib/domain/core/unavailable'

/** A value and when it was read from the database, in milliseconds since 1970. */
export interface Dated<Value> {
  value: Value
  readAt: number
}

/** The last answers of this server. Entries are pages of the catalogue, a few kilobytes each. */
const known = boundedMap<string, Dated<unknown>>(500)

/** How long a fresh answer is waited for where an older one is at hand. */
const patienceMs = 1_000

/** The oldest answer that was used in place of a fresh one in this render. */
const usedInstead = cache((): { readAt: number | null } => ({ readAt: null }))

/**
 * What `read` answers; where it cannot, or takes long, what it answered last, which is then noted for `catalogueDate`. A
 * cache would drop that when it expires, with an outage still on. Throws `Unavailable` where nothing is known.
 *
 * @param key names the read and its arguments.
 * @param isKept whether an answer is worth its place: addresses that lead nowhere must not push out the catalogue.
 */
export async function lastKnown<Value>(
  key: string,
  read: () => Promise<Dated<Value>>,
  isKept: (value: Value) => boolean = () => true,
): Promise<Value> {
  const last = known.get(key) as Dated<Value> | undefined
  const fresh = read().then((answer) => {
    if (isKept(answer.value)) known.set(key, answer)
    else known.delete(key)
    return answer
  })
  if (!last) return (await fresh).value
  const inTime = await soon(fresh)
  if (inTime) return inTime.value
  const used = usedInstead()
  used.readAt = Math.min(used.readAt ?? last.readAt, last.readAt)
  return last.value
}

/** When what this render shows was read, if it is older than it should be. Ask after everything shown was read. */
export function catalogueDate(): number | null {
  return usedInstead().readAt
}

/** An answer that comes within the patience; null where none does. Other faults are thrown. */
async function soon<Value>(answer: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patienceMs, null)
  })
  const orNull = answer.catch((cause: unknown) => {
    if (isUnavailable(cause)) return null
    throw cause
  })
  // One that fails after the patience ended fails for nobody.
  orNull.catch(() => null)
  return Promise.race([orNull, patience]).finally(() => clearTimeout(timer))
}
