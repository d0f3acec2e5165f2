import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from './stage'

/** Makes PostgreSQL log every statement a client sends it, and counts those of each part of the work, one by one. */
export async function countStatements(
  stage: Stage,
  works: readonly (() => Promise<unknown>)[],
): Promise<number[]> {
  await setLogging(stage, 'all')
  const counts: number[] = []
  for (const work of works) {
    const before = sentTo(stage)
    await work()
    counts.push(sentTo(stage) - before)
  }
  await setLogging(stage, 'none')
  return counts
}

async function setLogging({ sql }: Stage, what: 'all' | 'none'): Promise<void> {
  await sql.unsafe(`alter system set log_statement = '${what}'`)
  await sql`select pg_reload_conf()`
  await sleep(300) // every session hears of it between two statements
}

/** Statements of the Data API so far. Not the superuser's: that is the benchmark itself, and Realtime. */
function sentTo({ postgresLog }: Stage): number {
  return postgresLog().match(/\] postgres LOG: {2}(statement|execute)/g)?.length ?? 0
}
