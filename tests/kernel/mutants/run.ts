import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { startScratch } from '@/tests/kernel/support/scratch'
import { type Mutant, mutants } from './mutants'
import { planted } from './plant'

// npm run test:mutants [-- WORDS OF A NAME]: plants each bug in a scratch database and asks whether anything notices.
const TESTS = [
  'kernel/history',
  'kernel/known-pains',
  ...['holds', 'orders', 'races', 'stock', 'ledger'].map((name) => `database/${name}`),
]

const wanted = process.argv.slice(2).join(' ')
const chosen = mutants.filter((mutant) => mutant.name.includes(wanted))
const scratch = await startScratch()
let survivors = 0
try {
  // Without a bug everything must pass, or "caught" would mean nothing.
  const alarm = await hunt(undefined)
  if (alarm) throw new Error(`${alarm} fails without a mutant`)
  for (const mutant of chosen) {
    const caughtBy = await hunt(mutant)
    if (!caughtBy) survivors++
    console.log(`${(caughtBy ?? 'SURVIVED').padEnd(20)} ${mutant.name}`)
  }
  console.log(`${chosen.length - survivors} of ${chosen.length} caught`)
} finally {
  await scratch.stop()
}
process.exitCode = survivors > 0 ? 1 : 0

async function hunt(mutant: Mutant | undefined): Promise<string | undefined> {
  const url = await scratch.database('mutant', mutant && planted(mutant))
  for (const test of TESTS) {
    if (!(await passes(url, test))) return test
  }
  return undefined
}

async function passes(url: string, test: string): Promise<boolean> {
  const [project = ''] = test.split('/')
  const tests = spawn('node_modules/.bin/vitest', ['run', '--project', project, `tests/${test}`], {
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
    stdio: process.env.MUTANTS_VERBOSE ? 'inherit' : 'ignore',
  })
  const [code] = await once(tests, 'exit')
  return code === 0
}
