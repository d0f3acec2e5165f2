import postgres, { type Sql } from 'postgres'
import type { World } from '@/tests/kernel/history/world'
import { aCast, refill } from './cast'
import { isOpenToGuests, targetsOf } from './catalog'
import { grouped, quiet, wave } from './onslaught'
import type { Malice } from './plan'

const PER_LOOK = 100

/**
 * An adversary in the midst of a crowd: a guest or a shopper who knows everybody's ids and keys, and none of their
 * secrets. Says what went wrong with its own calls; the checker says what they did to the others.
 */
export async function meddle(sql: Sql, url: string, world: World, plan: Malice[][]): Promise<string[]> {
  if (plan.length === 0) return []
  const cast = await aCast(sql, world.domain)
  const targets = (await targetsOf(sql)).filter(isOpenToGuests).map((target) => ({
    ...target,
    callerKinds: target.callerKinds.filter((kind) => ['anon', 'guest', 'shopper'].includes(kind)),
  }))
  const connections = plan.map(() => postgres(url, { ...quiet, max: 1 }))
  try {
    const faults = []
    const longest = Math.max(...plan.map((list) => list.length))
    for (let n = 0; n < longest; n += PER_LOOK) {
      await refill(sql, cast.pools, targets)
      const made = await wave(
        connections,
        targets,
        cast,
        plan.map((list) => list.slice(n, n + PER_LOOK)),
      )
      // How long a call takes in a crowd says how large the crowd is.
      faults.push(...made.flatMap((each) => each.faults).filter(({ kind }) => !kind.startsWith('slow')))
    }
    return grouped(faults)
  } finally {
    await Promise.all(connections.map((connection) => connection.end({ timeout: 1 })))
  }
}
