import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from './stage'

/** Makes PostgreSQL log every statement a client sends it, and counts those of each part of the work that are like this. */
export async function countStatements(
  stage: Stage,
  works: readonly (() => Promise<unknown>)[],
  like = /./,
): Promise<number[]> {
  await setLogging(stage, 'all')
  const counts: number[] = []
  for (const work of works) {
    const before = sentTo(stage, like)
    await work()
    counts.push(sentTo(stage, like) - before)
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
function sentTo({ postgresLog }: Stage, like: RegExp): number {
  const sent = postgresLog().match(/\] postgres LOG: {2}(statement|execute).*(\n\t.*)*/g) ?? []
  return sent.filter((statement) => like.test(statement)).length
}
