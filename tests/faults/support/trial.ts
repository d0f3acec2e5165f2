import { setTimeout as sleep } from 'node:timers/promises'
import { expect, vi } from 'vitest'
import { type Belongings, countBelongings, nothing } from './belongings'
import type { Contender } from './contender'
import type { Fault } from './faults'
import { setScene } from './scene'
import { clock } from './till'
import { judge, type Verdict } from './verdict'
import type { World } from './world'

export interface Trial extends Verdict {
  /** What the page had in use when it had recovered, and after it was left. */
  readonly inUse: Belongings
  readonly leftBehind: Belongings
}

/** `full` lets every fault last; `short` only those that nothing but time can tell of. */
export type Length = 'full' | 'short'

const patienceMs = 12_000
const settled = { isDoubted: false, sockets: 1, channels: 1 }

/** Puts a page through a fault while units are sold, and one more when it is over. */
export async function tryOut(
  world: World,
  contender: Contender,
  fault: Fault,
  length: Length,
): Promise<Trial> {
  const scene = await setScene(world, contender, fault.page ?? 'shop')
  const { glances } = scene.witness
  const shows = (left: number) =>
    vi.waitUntil(() => glances.at(-1)?.left === left, { timeout: patienceMs, interval: 10 }).catch(() => null)
  const belongings = countBelongings()
  try {
    if (!fault.opensLate) {
      scene.open()
      await shows((await world.now.sell()).left)
    }
    const every = fault.sellsEveryMs ?? 300
    if (every > 0) await world.now.sellEvery(every)
    await fault.begin(scene)
    if (every === 0) await world.now.sell()
    await sleep(length === 'full' || fault.isSilent ? fault.lastsMs : Math.min(fault.lastsMs, 1_500))
    await world.now.sellEvery(null)
    await fault.end(scene)
    const endedAt = clock()

    await shows((await world.now.sell()).left)
    const isSettled = () =>
      expect({ isDoubted: glances.at(-1)?.isDoubted, ...belongings() }).toMatchObject(settled)
    await vi.waitFor(isSettled, { timeout: patienceMs }).catch(() => null)
    const verdict = judge(glances, await world.now.sales(), endedAt)
    const inUse = belongings()
    scene.close()
    const isGone = () => expect(belongings()).toEqual(nothing)
    await vi.waitFor(isGone, { timeout: 5_000 }).catch(() => null)
    return { ...verdict, inUse, leftBehind: belongings() }
  } finally {
    scene.close()
    await world.now.sellEvery(null)
    await world.now.heal()
  }
}
