import 'server-only'
import { z } from 'zod'
import { rowsOrThrow } from './refusals'
import { repeat } from './repeat'
import { secretClient } from './supabase'

const holdsEveryMs = 5_000
const retentionEveryMs = 5 * 60_000
/** Rows of one kind in one call: short transactions. The next call handles the rest. */
const rowsPerCall = 1000
const callsPerRound = 20

const Forgotten = z.object({
  rows: z.record(z.string(), z.int()),
  failed: z.record(z.string(), z.string()),
})

/**
 * The maintenance jobs of the shop, for as long as this server lives. Every few seconds it releases expired holds and
 * looks for alerts: no sale waits for it, but a wrong "sold out" must not stay for long. Every few minutes it deletes
 * rows past their retention, and counts which products were bought together. Where the database has pg_cron, that does all of
 * it and this finds nothing to do.
 */
export function startMaintenance(): void {
  repeat(holdsEveryMs, 'Expired holds could not be released', releaseHolds)
  repeat(retentionEveryMs, 'Old rows could not be deleted', forgetOldRows)
  repeat(retentionEveryMs, 'Orders could not be counted', countPairs)
}

async function forgetOldRows(): Promise<void> {
  for (let calls = 0; calls < callsPerRound; calls += 1) {
    const answer = await secretClient().rpc('forget_old_rows', { at_most: rowsPerCall })
    const { rows, failed } = Forgotten.parse(rowsOrThrow('forget_old_rows', answer))
    for (const [kind, cause] of Object.entries(failed)) {
      process.emitWarning(`Old rows could not be deleted: ${kind}: ${cause}`)
    }
    if (Math.max(0, ...Object.values(rows)) < rowsPerCall) break
  }
}

async function countPairs(): Promise<void> {
  for (let calls = 0; calls < callsPerRound; calls += 1) {
    const answer = await secretClient().rpc('count_pairs', { at_most: rowsPerCall })
    if (rowsOrThrow('count_pairs', answer) < rowsPerCall) break
  }
}

async function releaseHolds(): Promise<void> {
  const client = secretClient()
  // One overdue order or one portion of holds a call; more wait for the next round.
  for (let calls = 0; calls < 20; calls += 1) {
    if (rowsOrThrow('release_expired_holds', await client.rpc('release_expired_holds')) === 0) break
  }
  rowsOrThrow('find_alerts', await client.rpc('find_alerts'))
}
