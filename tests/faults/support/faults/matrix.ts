import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { countBelongings, nothing } from '@/tests/faults/support/belongings'
import { onhand } from '@/tests/faults/support/onhand'
import { tryOut } from '@/tests/faults/support/trial'
import { startWorld, type World } from '@/tests/faults/support/world'
import type { Fault } from './fault'

const length = process.env.FAULTS === 'full' ? 'full' : 'short'

/** One test a fault, of that name: the same four promises for all of them. */
export function testMatrix(faults: readonly Fault[]): void {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.end())

  test.each(faults)('$name', async (fault) => {
    const belongings = countBelongings()

    const { verdict, slownessMs, close } = await tryOut(world, onhand, fault, length)
    onTestFinished(close)

    expect(verdict.backwards, 'times an older value replaced a newer one').toBe(0)
    expect(verdict.oldestUnsaidMs, 'age of the oldest value shown unmarked').toBeLessThanOrEqual(5_000)
    expect(verdict.recoveredMs, 'from the end of the fault to equality').not.toBeNull()
    expect(verdict.recoveredMs, 'from the end of the fault to equality').toBeLessThan(2_000 + slownessMs)
    await vi.waitFor(() => expect(belongings()).toMatchObject({ sockets: 1, channels: 2 }), 15_000)
    close()
    await vi.waitFor(() => expect(belongings(), 'left behind').toEqual(nothing), 5_000)
  })
}
