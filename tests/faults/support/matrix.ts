import { afterAll, beforeAll, expect, test } from 'vitest'
import { nothing } from './belongings'
import type { Fault } from './faults'
import { onhand } from './onhand'
import { tryOut } from './trial'
import { startWorld, type World } from './world'

const length = process.env.FAULTS === 'full' ? 'full' : 'short'

/** One test a fault, of that name: the same four promises for all of them. */
export function testMatrix(faults: readonly Fault[]): void {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.end())

  test.each(faults)('$name', async (fault) => {
    const trial = await tryOut(world, onhand, fault, length)

    expect(trial.backwards, 'times an older value replaced a newer one').toBe(0)
    expect(trial.oldestUnsaidMs, 'age of the oldest value shown without a word').toBeLessThanOrEqual(5_000)
    expect(trial.recoveredMs, 'from the end of the fault to equality').not.toBeNull()
    expect(trial.recoveredMs, 'from the end of the fault to equality').toBeLessThan(2_000)
    expect(trial.inUse, 'in use when it was over').toMatchObject({ sockets: 1, channels: 1 })
    expect(trial.leftBehind, 'left behind').toEqual(nothing)
  })
}
