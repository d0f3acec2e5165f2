import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { randomFrom } from '@/tests/kernel/intents'
import { startScratch } from '@/tests/kernel/support/scratch'
import { mutants } from './mutants'
import { type Mutant, planted } from './plant'

// npm run test:mutants [-- WORDS OF A NAME | --sample N]: plants each bug in a scratch database and asks whether the
// checker or a test notices. A sample is another one every day.
const HUNTERS = {
  kernel: ['history', 'known-pains'],
  database: ['holds', 'orders', 'payments', 'races', 'exactly-once', 'stock', 'ledger', 'imports-races'],
}
type Report = { testResults: { assertionResults: { status: string; fullName: string }[] }[] }

const chosen = choose(process.argv.slice(2))
const scratch = await startScratch()
const survivors: string[] = []
try {
  // Without a bug everything must pass, or "caught" would mean nothing.
  const alarm = await hunt(undefined)
  if (alarm) throw new Error(`"${alarm}" fails without a mutant`)
  for (const mutant of chosen) {
    const caughtBy = await hunt(mutant)
    if (!caughtBy) survivors.push(mutant.name)
    console.log(`| ${mutant.name} | ${caughtBy ?? 'SURVIVED'} |`)
  }
  console.log(`${chosen.length - survivors.length} of ${chosen.length} caught`)
} finally {
  await scratch.stop()
}
process.exitCode = survivors.length > 0 ? 1 : 0

function choose([first = '', ...rest]: string[]): Mutant[] {
  if (first !== '--sample') return mutants.filter(({ name }) => name.includes([first, ...rest].join(' ')))
  const random = randomFrom(Math.floor(Date.now() / 86_400_000))
  const shuffled = mutants.map((mutant) => ({ mutant, at: random(1_000_000) })).sort((a, b) => a.at - b.at)
  return shuffled.slice(0, Number(rest[0])).map(({ mutant }) => mutant)
}

/** The name of the first test that fails with this bug, or undefined. */
async function hunt(mutant: Mutant | undefined): Promise<string | undefined> {
  for (const [project, files] of Object.entries(HUNTERS)) {
    // A shop of their own: the checker moves the clock of its.
    const url = await scratch.database('mutant', mutant && planted(mutant))
    const failure = await failureOf(
      url,
      project,
      files.map((file) => `tests/${project}/${file}`),
    )
    if (failure) return failure
  }
  return undefined
}

async function failureOf(url: string, project: string, files: string[]): Promise<string | undefined> {
  const report = join(scratch.dataDir, 'report.json')
  rmSync(report, { force: true })
  const reporters = ['--reporter=json', `--outputFile=${report}`, '--bail=1']
  const tests = spawn('node_modules/.bin/vitest', ['run', '--project', project, ...reporters, ...files], {
    env: {
      ...process.env,
      KERNEL_DATABASE_URL: url,
      DATABASE_URL: url,
      // The tests of the database ask nothing else of a Supabase.
      NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:1',
      NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'none',
      SUPABASE_SECRET_KEY: 'none',
      KERNEL_SHRINK_SECONDS: '0',
      KERNEL_OPERATIONS: process.env.KERNEL_OPERATIONS ?? '900',
      KERNEL_CONNECTIONS: process.env.KERNEL_CONNECTIONS ?? '12',
    },
    stdio: 'ignore',
  })
  const [code] = await once(tests, 'exit')
  if (code === 0) return undefined
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed')
  return failed?.fullName.trim() ?? `tests/${project} did not run`
}
