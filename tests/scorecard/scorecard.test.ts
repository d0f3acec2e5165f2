import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Contender } from '@/tests/faults/support/faults/contender'
import { onThePage } from '@/tests/faults/support/faults/page-faults'
import { onTheServer } from '@/tests/faults/support/faults/server-faults'
import { onTheWire } from '@/tests/faults/support/faults/wire-faults'
import { onhand } from '@/tests/faults/support/onhand'
import { startWorld, type World } from '@/tests/faults/support/world'
import { tutorial } from '@/tests/reference/tutorial'
import { type Rush, rushOnOnhand, rushOnTutorial } from './crowd'
import { measure, type Score } from './measure'
import { paces } from './pace'
import { scorecardPage } from './page'

const loads = Number(process.env.SCORECARD_LOADS ?? 500)
const named = process.env.SCORECARD_FAULTS
const faults = [...onTheServer, ...onTheWire, ...onThePage].filter(
  ({ name }) => !named || name.includes(named),
)

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.end())

test('Onhand keeps the changes that the usual tutorial loses', async () => {
  const latencies = await paces(world, [tutorial, onhand])
  const score = async (contender: Contender, rush: (world: World) => Promise<Rush>): Promise<Score> => ({
    ...(await measure(world, contender, { faults, loads, rush })),
    latenciesMs: latencies.get(contender) ?? [],
  })
  const scores = {
    tutorial: await score(tutorial, rushOnTutorial),
    onhand: await score(onhand, rushOnOnhand),
  }

  const page = scorecardPage(scores.onhand, scores.tutorial)
  console.log(page)
  if (!named) writeFileSync(join(import.meta.dirname, '../../docs/scorecard.md'), page)
  const { verdicts, handOver, rush } = scores.onhand
  expect(rush.sold).toBe(rush.units)
  expect(handOver.lost).toBe(0)
  for (const [fault, verdict] of verdicts) {
    expect(verdict.backwards, fault).toBe(0)
    expect(verdict.recoveredMs, fault).not.toBeNull()
  }
}, 3_600_000)
