import type { Sql } from 'postgres'
import { meddle } from '@/tests/kernel/adversary/meddle'
import type { Malice } from '@/tests/kernel/adversary/plan'
import { faultsIn } from '@/tests/kernel/history/checks/check'
import { type History, record } from './history'
import type { Intent } from './intents'
import { firstFailing, shrink } from './shrink'
import { aWorld } from './world'

/** A shop, a crowd, an adversary among them who is a guest or a shopper, and what is wrong afterwards. */
export async function trade(
  sql: Sql,
  url: string,
  plan: Intent[][],
  connections: number,
  malice: Malice[][] = [],
): Promise<{ history: History; faults: string[] }> {
  const world = await aWorld(sql, connections)
  const meddling = meddle(sql, url, world, malice)
  const [history, meddled] = await Promise.all([record(url, sql, world, plan), meddling])
  return { history, faults: [...meddled, ...(await faultsIn(sql, world, history))] }
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
  const again = `KERNEL_SEED=${seed} KERNEL_CONNECTIONS=${connections}`
  return part
    ? `${again} KERNEL_ONLY=${part.flat().map(({ name }) => name)} npx vitest run --project kernel history`
    : `${again} KERNEL_OPERATIONS=${operations} npm run test:kernel`
}
