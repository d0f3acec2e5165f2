import { setTimeout as sleep } from 'node:timers/promises'
import { vi } from 'vitest'
import type { Contender } from '@/tests/faults/support/faults/contender'
import type { Fault } from '@/tests/faults/support/faults/fault'
import { setScene } from './scene'
import { clock } from './till'
import { judge, type Verdict } from './verdict'
import type { World } from './world'

/** `full` lets every fault last; `short` only those that nothing but time can tell of. */
export type Length = 'full' | 'short'

export interface Trial {
  readonly verdict: Verdict
  /** The duration of a few database reads right afterwards: near zero, unless the machine is busy. */
  readonly slownessMs: number
  close(): void
}

const patienceMs = 12_000

/**
 * Puts a page through a fault while units are sold, and one more when it is over. The page is left open:
 * `close` closes it.
 */
export async function tryOut(
  world: World,
  contender: Contender,
  fault: Fault,
  length: Length,
): Promise<Trial> {
  const scene = await setScene(world, contender, fault.page ?? 'shop')
  const { glances } = scene.witness
  const shows = (left: number, timeout = patienceMs) =>
    vi.waitUntil(() => glances.at(-1)?.left === left, { timeout, interval: 10 }).catch(() => null)
  const every = fault.sellsEveryMs ?? 300
  const openedBy = clock() + patienceMs
  try {
    if (!fault.opensLate) {
      scene.open()
      // A page that misses the first sales passes here: the hand-over has its own test.
      while (!(await shows((await world.now.sell()).left, 2_000))) if (clock() > openedBy) break
    }
    const begun = glances.length - 1
    if (every > 0) await world.now.sellEvery(every)
    await fault.begin(scene)
    if (every === 0) await world.now.sell()
    await sleep(length === 'full' || fault.isSilent ? fault.lastsMs : Math.min(fault.lastsMs, 1_500))
    await world.now.sellEvery(null)
    await fault.end(scene)
    const endedAt = clock()

    await shows((await world.now.sell()).left)
    const asked = clock()
    for (let reads = 0; reads < 10; reads += 1) await world.now.served('shelf')
    const slownessMs = clock() - asked
    const verdict = judge(glances.slice(begun), await world.now.sales(), endedAt)
    return { verdict, slownessMs, close: scene.close }
  } catch (cause) {
    scene.close()
    throw cause
  } finally {
    await world.now.sellEvery(null)
    await world.now.heal()
  }
}
