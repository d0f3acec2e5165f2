import { afterAll, beforeAll, expect, test } from 'vitest'
import { oldestMs } from '@/lib/domain/pages/page-life'
import { ways } from './support/faults/matrix'
import { handOver } from './support/hand-over'
import { onhand } from './support/onhand'
import { startWorld, type World } from './support/world'

const size =
  process.env.FAULTS === 'full'
    ? { loads: Number(process.env.HAND_OVERS ?? 10_000), atOnce: 20 }
    : { loads: 100, atOnce: 10 }

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.end())

test.each(ways)(
  'no sale is lost while a page takes over from cached HTML of any age, by $way',
  async ({ isBroadcast }) => {
    await world.now.broadcastStock(isBroadcast)
    await world.now.paceOfTheRealServer(true)

    const seen = await handOver(world, onhand, { ...size, oldestMs })

    console.log(
      `${seen.loads} page loads, ${seen.lost} sales lost, the slowest seen after ${Math.round(seen.slowestMs)} ms`,
    )
    expect(seen.lost).toBe(0)
  },
  3_600_000,
)
