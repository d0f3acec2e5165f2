import 'server-only'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { secretClient } from '@/lib/server/platform/supabase'
import { inTime } from '@/lib/server/resilience/in-time'

/** The catalogue is compared at most this often, and only while pages are asked for, in milliseconds. */
const compareMs = 700
/** A render waits so long for the comparison; without an answer it goes on with what this server knows. */
const patienceMs = 400

interface Watched {
  /** Identifies the catalogue's last changes. */
  read: () => Promise<string>
  /** Called once for each change that is found. Pages are rendered after it. */
  onChange: () => Promise<void>
  now?: () => number
}

/**
 * Finds changes of the catalogue that other servers or commands made, through the database, which all of them share.
 * Resolves when what this server knows was compared less than `compareMs` ago. Never rejects.
 */
export function watchCatalogue({
  read,
  onChange,
  now = () => performance.now(),
}: Watched): () => Promise<void> {
  let known: string | null = null
  let comparedAt = Number.NEGATIVE_INFINITY
  let comparing: Promise<void> | null = null

  async function compare(): Promise<void> {
    const startedAt = now()
    const found = await inTime(read(), patienceMs)
    if (known !== null && known !== found) await onChange()
    known = found
    comparedAt = startedAt
  }

  return async () => {
    if (now() - comparedAt < compareMs) return
    comparing ??= compare()
      .catch((cause: unknown) => {
        comparedAt = now()
        process.emitWarning(`The catalogue could not be compared: ${String(cause)}`)
      })
      .finally(() => {
        comparing = null
      })
    await comparing
  }
}

const subjects = ['settings', 'category', 'product', 'variant', 'picture', 'location']

/** So many changes are looked at: one that is committed late, after later ones, is still among them. */
const mostChanges = 200

/**
 * The last changes of the catalogue: the lines of the audit trail, which every writer leaves, and the imports, which keep
 * their own record instead.
 */
export async function lastChanges(): Promise<string> {
  const client = secretClient()
  const [lines, imports] = await Promise.all([
    client
      .from('audit_trail')
      .select('id')
      .in('subject', subjects)
      .order('id', { ascending: false })
      .limit(mostChanges),
    client
      .from('imports')
      .select('number')
      .not('applied_at', 'is', null)
      .order('applied_at', { ascending: false })
      .limit(mostChanges),
  ])
  return JSON.stringify([rowsOrThrow('audit_trail', lines), rowsOrThrow('imports', imports)])
}
