import { spawnSync } from 'node:child_process'
import { afterAll, expect, test } from 'vitest'
import { planFrom } from '@/tests/kernel/history/intents'
import { shrink } from '@/tests/kernel/history/shrink'
import { replayCommand, smallestFailing, trade } from '@/tests/kernel/history/trade'
import { connect } from '@/tests/support/database'
import { mutants } from './mutants/mutants'
import { planted } from './mutants/plant'
import { startScratch } from './support/scratch'

const scratch = await startScratch()
afterAll(() => scratch.stop())

const size = { seed: 3, operations: 200, connections: 1 }

test('of a plan in which three deeds matter, those three are left', async () => {
  const plan = planFrom(1, 1_000, 8)
  const culprits = ['0.7', '3.90', '7.1']
  const needsAll = async (part: typeof plan) => {
    const names = new Set(part.flat().map(({ name }) => name))
    return culprits.every((name) => names.has(name))
  }

  const smallest = await shrink(plan, needsAll, Date.now() + 60_000)

  expect(smallest.flat().map(({ name }) => name)).toEqual(culprits)
})

test('a planted bug is told in a handful of deeds, and the command that is printed does it again', {
  timeout: 900_000,
}, async () => {
  const bug = mutants.find(({ name }) => name === 'cancelling keeps the units')
  if (!bug) throw new Error('that mutant has another name now')
  const sound = process.env.KERNEL_DATABASE_URL ?? ''
  const broken = await scratch.database('broken', planted(bug))
  const sql = connect(4, broken)
  const plan = planFrom(size.seed, size.operations, size.connections)
  expect((await trade(sql, broken, plan, size.connections)).faults).not.toEqual([])

  const smallest = await smallestFailing(sql, broken, plan, size.connections, 480_000)
  await sql.end()

  expect(smallest.flat().map(({ does }) => does)).toEqual(['hold', 'place', 'cancel'])
  const command = replayCommand(size, smallest)
  expect([isGreen(command, broken), isGreen(command, sound)]).toEqual([false, true])
})

function isGreen(command: string, url: string): boolean {
  const { status } = spawnSync('sh', ['-c', command], {
    env: { ...process.env, KERNEL_DATABASE_URL: url },
    stdio: 'ignore',
  })
  return status === 0
}
