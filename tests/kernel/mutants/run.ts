import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { planFrom, randomFrom } from '@/tests/kernel/history/intents'
import { trade } from '@/tests/kernel/history/trade'
import { startScratch } from '@/tests/kernel/support/scratch'
import { connect } from '@/tests/support/database'
import { mutants } from './mutants'
import { type Mutant, planted, whyNotPlanted } from './plant'

// npm run test:mutants [-- WORDS OF A NAME | --sample N]: plants each bug in a scratch database and asks whether the
// checker or a test notices. The sample changes every day.
const HISTORIES = 2
const AT_ONCE = 2
const size = {
  operations: Number(process.env.KERNEL_OPERATIONS ?? 600),
  connections: Number(process.env.KERNEL_CONNECTIONS ?? 8),
}
/** The tests that run when the checker saw nothing. */
const TESTS = {
  kernel: ['known-pains', 'adversary'],
  attacks: ['double-order', 'order-rules', 'hoarding', 'price-lock', 'email-oracle', 'surface'],
  database: [
    'holds/holds',
    'orders/orders',
    'orders/payments',
    'payments/card-payments',
    'payments/payment-work',
    'stock/races',
    'stock/exactly-once',
    'stock/stock',
    'stock/ledger',
    'imports/imports',
  ],
}
type Report = { testResults: { assertionResults: { status: string; fullName: string }[] }[] }

const chosen = choose(process.argv.slice(2))
const waiting = [...chosen]
const scratch = await startScratch()
let caught = 0
try {
  // Without a bug everything must pass, or "caught" would mean nothing.
  const alarm = (await alarmOfKnown()) ?? (await hunt(undefined, 0))
  if (alarm) throw new Error(`without a mutant: ${alarm}`)
  await Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => huntAll(lane)))
  console.log(`${caught} of ${chosen.length} caught`)
} finally {
  await scratch.stop()
}
process.exitCode = caught < chosen.length ? 1 : 0

async function huntAll(lane: number): Promise<void> {
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const gone = whyNotPlanted(mutant)
    const told = gone ?? (await hunt(mutant, lane)) ?? 'SURVIVED'
    if (!gone && told !== 'SURVIVED') caught++
    console.log(`| ${mutant.name} | ${told.slice(0, 120)} |`)
  }
}

/** The first test that fails without a bug, of those that know the chosen bugs best: each file in its own shop. */
async function alarmOfKnown(): Promise<string | undefined> {
  for (const file of new Set(chosen.flatMap(({ seenIn }) => seenIn ?? []))) {
    const failure = await failureOf(await scratch.database('known_0'), 0, [file])
    if (failure) return failure
  }
  return undefined
}

function choose([first = '', ...rest]: string[]): Mutant[] {
  if (first !== '--sample') return mutants.filter(({ name }) => name.includes([first, ...rest].join(' ')))
  const random = randomFrom(Math.floor(Date.now() / 86_400_000))
  const shuffled = mutants.map((mutant) => ({ mutant, at: random(1_000_000) })).sort((a, b) => a.at - b.at)
  return shuffled.slice(0, Number(rest[0])).map(({ mutant }) => mutant)
}

/** The name of the first test that fails, or what the checker says of this bug, else undefined. */
async function hunt(mutant: Mutant | undefined, lane: number): Promise<string | undefined> {
  const shop = (what: string) => scratch.database(`${what}_${lane}`, mutant && planted(mutant))
  const known = mutant?.seenIn && (await failureOf(await shop('known'), lane, [mutant.seenIn]))
  if (known) return known

  const url = await shop('history')
  const sql = connect(4, url)
  try {
    for (let seed = 1; seed <= HISTORIES; seed++) {
      const plan = planFrom(seed, size.operations, size.connections)
      const { faults } = await trade(sql, url, plan, size.connections)
      if (faults[0]) return faults[0]
    }
  } finally {
    await sql.end({ timeout: 1 })
  }
  // A shop of their own: some move the clock of theirs.
  for (const [project, files] of Object.entries(TESTS)) {
    const failure = await failureOf(
      await shop('tests'),
      lane,
      files.map((file) => `tests/${project}/${file}`),
    )
    if (failure) return failure
  }
  return undefined
}

async function failureOf(url: string, lane: number, files: string[]): Promise<string | undefined> {
  const report = join(scratch.dataDir, `report-${lane}.json`)
  rmSync(report, { force: true })
  // A slow machine is no bug.
  const reporters = ['--reporter=json', `--outputFile=${report}`, '--bail=1', '--testTimeout=300000']
  const project = files[0]?.split('/')[1] ?? ''
  const tests = spawn('node_modules/.bin/vitest', ['run', '--project', project, ...reporters, ...files], {
    env: {
      ...process.env,
      KERNEL_DATABASE_URL: url,
      DATABASE_URL: url,
      // Those of attacks use the roles of the database alone.
      ATTACK_BY_SQL: 'on',
      // The tests of the database ask nothing else of a Supabase.
      NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:1',
      NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'none',
      SUPABASE_SECRET_KEY: 'none',
    },
    stdio: 'ignore',
  })
  const [code] = await once(tests, 'exit')
  if (code === 0) return undefined
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed')
  return failed?.fullName.trim() ?? `${files[0]} did not run`
}
