import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { countBelongings, nothing } from '@/tests/faults/support/belongings'
import { onhand } from '@/tests/faults/support/onhand'
import { tryOut } from '@/tests/faults/support/trial'
import { startWorld, type World } from '@/tests/faults/support/world'
import type { Fault } from './fault'

const length = process.env.FAULTS === 'full' ? 'full' : 'short'

/** How the stock comes to a page: docs/decisions/0046. */
export const ways = [
  { way: 'Postgres Changes', isBroadcast: false },
  { way: 'Broadcast', isBroadcast: true },
]

function isTried({ page, inBothWays }: Fault, isBroadcast: boolean): boolean {
  // Staff follow Postgres Changes in any case.
  return !isBroadcast || (page !== 'staff' && (inBothWays === true || length === 'full'))
}

/** One test a fault and way, of that name: the same four promises for all of them. */
export function testMatrix(faults: readonly Fault[]): void {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.end())

  const trials = ways.flatMap((way) =>
    faults.filter((fault) => isTried(fault, way.isBroadcast)).map((fault) => ({ ...fault, ...way })),
  )
  test.each(trials)('$name, by $way', async ({ isBroadcast, ...fault }) => {
    await world.now.broadcastStock(isBroadcast)
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
