import type { Sql } from 'postgres'
import { faultsIn } from './check'
import { type History, record } from './history'
import type { Intent } from './intents'
import { firstFailing, shrink } from './shrink'
import { aWorld } from './world'

/** A shop, a crowd, and what is wrong afterwards. */
export async function trade(
  sql: Sql,
  url: string,
  plan: Intent[][],
  connections: number,
): Promise<{ history: History; faults: string[] }> {
  const world = await aWorld(sql, connections)
  const history = await record(url, sql, world, plan)
  return { history, faults: await faultsIn(sql, world, history) }
}

/** The smallest part of a failing plan found within so many milliseconds that still fails. */
export async function smallestFailing(
  sql: Sql,
  url: string,
  plan: Intent[][],
  connections: number,
  forMs: number,
): Promise<Intent[][]> {
  const until = Date.now() + forMs
  async function fails(part: Intent[][]): Promise<boolean> {
    // A race does not happen every time; one connection alone has none.
    for (let attempt = 0; attempt < Math.min(part.length, 3); attempt++) {
      if ((await trade(sql, url, part, connections)).faults.length > 0) return true
    }
    return false
  }
  return shrink(await firstFailing(plan, fails, until), fails, until)
}

/** The command that does a plan, or the part of it named, again. */
export function replayCommand(
  { seed, operations, connections }: { seed: number; operations: number; connections: number },
  part?: Intent[][],
): string {
  const names = part
    ? `KERNEL_ONLY=${part.flat().map(({ name }) => name)}`
    : `KERNEL_OPERATIONS=${operations}`
  return `KERNEL_SEED=${seed} KERNEL_CONNECTIONS=${connections} ${names} npm run test:kernel`
}
