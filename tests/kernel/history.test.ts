import { afterAll, expect, test } from 'vitest'
import { planFrom, planOf } from '@/tests/kernel/history/intents'
import { replayCommand, smallestFailing, trade } from '@/tests/kernel/history/trade'
import { connect } from '@/tests/support/database'
import { malicePlan } from './adversary/plan'

// Sizes that fit a build; `npm run test:kernel` sets larger ones. A seed that failed is run again by naming it, or a part
// of it by naming that (KERNEL_ONLY), as a failure says. KERNEL_SHRINK_SECONDS=0 looks for no smaller one.
const size = {
  seed: Number(process.env.KERNEL_SEED ?? Date.now() % 1_000_000),
  operations: Number(process.env.KERNEL_OPERATIONS ?? 2_000),
  connections: Number(process.env.KERNEL_CONNECTIONS ?? 16),
}
/** One call of the adversary among so many of the crowd's, on two connections more. */
const MALICE = 5
const only = process.env.KERNEL_ONLY?.split(',')
const shrinkForMs = Number(process.env.KERNEL_SHRINK_SECONDS ?? 120) * 1000

/** Bounds a run that hangs, also at full size on a machine that does other work. */
const timeoutMs = 300_000 + size.operations * 30

const url = process.env.KERNEL_DATABASE_URL ?? ''
const sql = connect(4, url)
afterAll(() => sql.end())

test(`units and money add up under any load (seed ${size.seed})`, { timeout: timeoutMs }, async () => {
  const plan = only ? planOf(size.seed, only) : planFrom(size.seed, size.operations, size.connections)
  const malice = only ? [] : malicePlan(size.seed, size.operations / MALICE, 2)
  const begun = performance.now()

  const { history, faults } = await trade(sql, url, plan, size.connections, malice)

  const calls = history.entries.length
  const tally = Map.groupBy(
    history.entries,
    ({ operation, outcome }) => `${operation} ${outcome.is === 'refused' ? outcome.code : outcome.is}`,
  )
  console.log(
    [
      ...[...tally].sort().map(([what, entries]) => `${entries.length} ${what}`),
      `${calls} calls over ${plan.length} connections, made and checked in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
    ].join('\n'),
  )
  let again = `Again: ${replayCommand(size)}`
  if (faults.length > 0 && !only && shrinkForMs > 0) {
    // Without the adversary first: what the crowd does alone can be made smaller.
    const isTheCrowd = (await trade(sql, url, plan, size.connections)).faults.length > 0
    const part = isTheCrowd ? await smallestFailing(sql, url, plan, size.connections, shrinkForMs) : []
    again += isTheCrowd
      ? `\nThe ${part.flat().length} of ${plan.flat().length} that are enough: ${replayCommand(size, part)}`
      : '\nIt takes the adversary; adversary.test.ts finds the call.'
  }
  expect(faults.slice(0, 20), again).toEqual([])
  const done = history.entries.filter(({ outcome }) => outcome.is === 'done')
  expect(done.length).toBeGreaterThan(only ? -1 : calls / 3)
})
