import { setImmediate } from 'node:timers/promises'
import type { Sql } from 'postgres'
import type { Tx } from '@/tests/support/database'

/** "done", or the message of the error that work ended with. */
export const settled = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => error.message,
  )

/** A transaction that has done its work and stays open until `end` is called, which resolves with how it ended. */
export async function openTransaction(sql: Sql, work: (tx: Tx) => Promise<unknown>) {
  const worked = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const outcome = settled(
    sql.begin(async (tx) => {
      await work(tx)
      worked.resolve()
      await ended.promise
    }),
  )
  await Promise.race([worked.promise, outcome])
  return {
    end: () => {
      ended.resolve()
      return outcome
    },
  }
}

/** How the work ended; "waits" once so many transactions wait for locks. */
export async function endsOrWaits(sql: Sql, outcome: Promise<string>, waiting = 1): Promise<string> {
  let ended: string | null = null
  void outcome.then((how) => {
    ended = how
  })
  for (;;) {
    await setImmediate()
    if (ended) return ended
    const [row] = await sql`select count(*)::integer as waiting from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`
    if (row?.waiting >= waiting) return 'waits'
  }
}
