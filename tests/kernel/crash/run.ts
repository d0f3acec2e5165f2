import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clusterPath } from '@/local/postgres/cluster'
import { faultsIn } from '@/tests/kernel/check'
import { isCut } from '@/tests/kernel/cut'
import { record } from '@/tests/kernel/history'
import { planFrom, randomFrom } from '@/tests/kernel/intents'
import { startScratch } from '@/tests/kernel/support/scratch'
import { aWorld } from '@/tests/kernel/world'
import { connect } from '@/tests/support/database'

// npm run test:crash [-- ROUNDS]: kill -9 of the database at a random instant under load, then the same files again.
// Callers do not know whether what they sent was done; they send it again with its key until they are told.
const rounds = Number(process.argv[2] ?? 30)
const seed = Number(process.env.KERNEL_SEED ?? Date.now() % 1_000_000)
const operations = Number(process.env.KERNEL_OPERATIONS ?? 400)
const random = randomFrom(seed)
const CONNECTIONS = 16

// When a connection dies while it is being made, the driver leaves a promise of its own behind. Our own calls are awaited.
process.on('unhandledRejection', (error) => {
  if (!isCut(error)) throw error
})

const scratch = await startScratch()
const url = await scratch.database('kernel')
let acknowledged = 0
try {
  for (let round = 1; round <= rounds; round++) {
    const sql = connect(4, url)
    const world = await aWorld(sql, CONNECTIONS)
    const trading = record(url, sql, world, planFrom(seed + round, operations, CONNECTIONS))
    // Looked at below; until then nobody else may call it unhandled.
    trading.catch(() => undefined)
    await sleep(100 + random(1500))
    killPostgres()
    await scratch.restart()

    const history = await trading
    const faults = await faultsIn(sql, world, history)
    await sql.end({ timeout: 1 })
    if (faults.length > 0) {
      throw new Error(`round ${round} of seed ${seed}:\n${faults.slice(0, 20).join('\n')}`)
    }
    acknowledged += history.entries.filter((entry) => entry.outcome.is === 'done').length
  }
  console.log(`${rounds} crashes, ${acknowledged} acknowledged calls, none lost (seed ${seed})`)
} finally {
  await scratch.stop()
}

/** The postmaster and every backend, without a chance to say goodbye. */
function killPostgres(): void {
  const [postmaster = ''] = readFileSync(join(clusterPath(scratch.dataDir), 'postmaster.pid'), 'utf8').split(
    '\n',
  )
  const backends = execFileSync('ps', ['-o', 'pid=', '--ppid', postmaster], { encoding: 'utf8' })
  for (const pid of [postmaster, ...backends.trim().split(/\s+/)]) {
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch (error) {
      // A backend may have ended by itself since it was listed.
      if ((error as { code?: string }).code !== 'ESRCH') throw error
    }
  }
}
