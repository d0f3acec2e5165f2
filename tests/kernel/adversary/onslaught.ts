import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { aWorld } from '@/tests/kernel/history/world'
import { type Attempt, attempt, type Fault } from './attempt'
import { aCast, type Cast, innocents, queuers, refill } from './cast'
import { type Target, targetsOf } from './catalog'
import { inspect, reopen } from './inspection'
import type { Malice } from './plan'

export type Report = { attempts: Attempt[]; faults: Fault[]; targets: Target[] }

const PER_ROUND = 400
export const quiet = {
  onnotice: () => undefined,
  fetch_types: false,
  types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
}

/**
 * Runs a plan in a separate shop and inspects the shop every few hundred calls. `enough` ends it after such a fault.
 */
export async function onslaught(
  sql: Sql,
  url: string,
  plan: Malice[][],
  enough: (fault: Fault) => boolean = () => false,
): Promise<Report> {
  const world = await aWorld(sql, 12)
  const secret = `canary-${randomUUID().slice(0, 8)}`
  const cast = await aCast(sql, secret)
  await innocents(sql, world, secret)
  await queuers(sql, world, secret, cast.pools)
  const targets = await targetsOf(sql)
  const attempts: Attempt[] = []
  const faults: Fault[] = []
  const connections = plan.map(() => postgres(url, { ...quiet, max: 1 }))
  try {
    const round = Math.ceil(PER_ROUND / Math.max(1, plan.length))
    const longest = Math.max(0, ...plan.map((list) => list.length))
    for (let n = 0; n < longest && !faults.some(enough); n += round) {
      await refill(sql, cast.pools, targets)
      const made = await wave(
        connections,
        targets,
        cast,
        plan.map((list) => list.slice(n, n + round)),
      )
      attempts.push(...made)
      faults.push(...made.flatMap((each) => each.faults), ...(await inspect(sql, cast)))
      await reopen(sql, world)
    }
  } finally {
    await Promise.all(connections.map((connection) => connection.end({ timeout: 1 })))
  }
  return { attempts, faults, targets }
}

/** So many calls on every connection, all connections at once. */
export async function wave(
  connections: Sql[],
  targets: Target[],
  cast: Cast,
  part: Malice[][],
): Promise<Attempt[]> {
  const made = await Promise.all(
    part.map(async (list, worker) => {
      const own: Attempt[] = []
      for (const malice of list) own.push(await attempt(connections[worker] as Sql, targets, cast, malice))
      return own
    }),
  )
  return made.flat()
}

/** One line per kind of fault: how often, and the first example. */
export function grouped(faults: Fault[]): string[] {
  return [...Map.groupBy(faults, ({ kind }) => kind)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, same]) => `${same.length}x ${kind} — ${same[0]?.example}`)
}
