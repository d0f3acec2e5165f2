import 'server-only'
import { rowsOrThrow } from './refusals'
import { secretClient } from './supabase'

const everyMs = 5_000
const forgetEveryMs = 60 * 60 * 1000

/**
 * Gives back what was held for nobody any more, every few seconds for as long as this server lives. No sale waits for
 * it: whoever needs units releases expired holds first. But a shelf that says "sold out" is believed, so it should not
 * go on saying so. Then it looks for what somebody should be told of. Where the database has pg_cron, that is faster and
 * this finds nothing to do.
 */
export function keepTidy(): void {
  let isTidying = false
  const timer = setInterval(() => {
    if (isTidying) return
    isTidying = true
    tidy()
      .catch((cause: unknown) => process.emitWarning(`The shop could not be tidied: ${String(cause)}`))
      .finally(() => {
        isTidying = false
      })
  }, everyMs)
  timer.unref()
  setInterval(() => {
    forget().catch((cause: unknown) =>
      process.emitWarning(`Old claims could not be forgotten: ${String(cause)}`),
    )
  }, forgetEveryMs).unref()
}

/** What nobody can ask about any more takes up no room for ever. */
async function forget(): Promise<void> {
  rowsOrThrow('forget_old_claims', await secretClient().rpc('forget_old_claims'))
  rowsOrThrow('forget_callers', await secretClient().rpc('forget_callers'))
}

async function tidy(): Promise<void> {
  const client = secretClient()
  // One overdue order or one portion of holds a call; more wait for the next round.
  for (let calls = 0; calls < 20; calls += 1) {
    if (rowsOrThrow('release_expired_holds', await client.rpc('release_expired_holds')) === 0) break
  }
  rowsOrThrow('find_alerts', await client.rpc('find_alerts'))
}
