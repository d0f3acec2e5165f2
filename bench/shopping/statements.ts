import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from './stage'

/** Has PostgreSQL write down every statement a client sends it, and counts those of some work. */
export async function countStatements(stage: Stage, work: () => Promise<void>): Promise<number> {
  await setLogging(stage, 'all')
  const before = sentBy(stage).length
  await work()
  const sent = sentBy(stage).slice(before)
  await setLogging(stage, 'none')
  return sent.filter((line) => !line.includes('log_statement')).length
}

async function setLogging({ sql }: Stage, what: 'all' | 'none'): Promise<void> {
  await sql.unsafe(`alter system set log_statement = '${what}'`)
  await sql`select pg_reload_conf()`
  await sleep(300) // every session hears of it between two statements
}

/** One line a statement, the shop's alone: the superuser is the benchmark itself and Realtime. */
function sentBy({ postgresLog }: Stage): string[] {
  return postgresLog()
    .split('\n')
    .filter((line) => /\] postgres LOG: {2}(statement|execute)/.test(line))
}
