import { setTimeout as sleep } from 'node:timers/promises'
import { vi } from 'vitest'
import type { Contender } from '@/tests/faults/support/faults/contender'
import { setScene } from '@/tests/faults/support/scene'
import { clock } from '@/tests/faults/support/till'
import { judge, type Sale } from '@/tests/faults/support/verdict'
import type { World } from '@/tests/faults/support/world'

const rounds = 5
const salesARound = 8

/** Longer than a page gathers what changes quickly: each sale is the first one after a rest. */
const restMs = 500

const patienceMs = 20_000

/** From COMMIT to text of single sales, in milliseconds, by contender. They take turns: a busy machine is so for both. */
export async function paces(
  world: World,
  contenders: readonly Contender[],
): Promise<ReadonlyMap<Contender, readonly number[]>> {
  const found = new Map(contenders.map((contender) => [contender, [] as number[]]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [contender, latencies] of found) latencies.push(...(await pace(world, contender)))
  }
  return found
}

async function pace(world: World, contender: Contender): Promise<readonly number[]> {
  const { witness, open, close } = await setScene(world, contender, 'shop')
  const { glances } = witness
  const shows = (left: number) =>
    vi.waitUntil(() => glances.at(-1)?.left === left, { timeout: 2_000 }).catch(() => null)
  const openedBy = clock() + patienceMs
  try {
    open()
    // Sales that a page misses before it is open are counted by the hand-over.
    while (!(await shows((await world.now.sell()).left))) if (clock() > openedBy) break
    const sales: Sale[] = []
    while (sales.length < salesARound) {
      await sleep(restMs)
      sales.push(await world.now.sell())
    }
    await sleep(restMs)
    return judge(glances, sales, clock()).latenciesMs
  } finally {
    close()
    vi.restoreAllMocks()
  }
}
