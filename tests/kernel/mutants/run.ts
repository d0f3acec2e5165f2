import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { freePort } from '@/local/ports'
import { startPostgres } from '@/local/postgres/start-postgres'
import { type Mutant, mutants } from './mutants'

// npm run test:mutants [-- WORDS OF A NAME]: plants each bug in a scratch database and asks whether anything notices.
const MIGRATIONS = join(import.meta.dirname, '../../../supabase/migrations')
const DATABASE_TESTS = ['holds', 'orders', 'known-pains', 'races', 'stock', 'ledger'].map((name) => `tests/database/${name}`)

const wanted = process.argv.slice(2).join(' ')
const chosen = mutants.filter((mutant) => mutant.name.includes(wanted))
const dataDir = mkdtempSync(join(tmpdir(), 'onhand-mutants-'))
const server = await startPostgres({ dataDir, port: await freePort() })
let survivors = 0
try {
  // Without a bug everything must pass, or "caught" would mean nothing.
  const alarm = await hunt(undefined)
  if (alarm) throw new Error(`${alarm} fails without a mutant`)
  for (const mutant of chosen) {
    const caughtBy = await hunt(mutant)
    if (!caughtBy) survivors++
    console.log(`${(caughtBy ?? 'SURVIVED').padEnd(24)} ${mutant.name}`)
  }
  console.log(`${chosen.length - survivors} of ${chosen.length} caught`)
} finally {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
process.exitCode = survivors > 0 ? 1 : 0

async function hunt(mutant: Mutant | undefined): Promise<string | undefined> {
  const url = await scratch(mutant)
  if (!(await passes(url, ['--project', 'kernel', 'tests/kernel/history']))) return 'history checker'
  for (const file of DATABASE_TESTS) {
    if (!(await passes(url, ['--project', 'database', file]))) return file
  }
  return undefined
}

/** A database of its own with the bug in it, or none. */
async function scratch(mutant: Mutant | undefined): Promise<string> {
  const admin = postgres(server.adminUrl, { max: 1, onnotice: () => undefined })
  await admin`drop database if exists mutant with (force)`
  await admin`create database mutant template postgres owner postgres`
  await admin.end()
  const url = new URL(server.url)
  url.pathname = '/mutant'
  // Auth makes this table; the rules refer to its key alone.
  const auth = postgres(Object.assign(new URL(server.adminUrl), { pathname: '/mutant' }).href, { max: 1, onnotice: () => undefined })
  await auth`create table auth.users (id uuid primary key, email text)`
  await auth`grant all on auth.users to postgres`
  await auth.end()
  const sql = postgres(url.href, { max: 1, onnotice: () => undefined })
  for (const file of readdirSync(MIGRATIONS).sort()) {
    await apply(sql, readFileSync(join(MIGRATIONS, file), 'utf8'), file === mutant?.file ? mutant : undefined)
  }
  await sql.end()
  return url.href
}

async function apply(sql: Sql, text: string, mutant: Mutant | undefined): Promise<void> {
  if (mutant && text.split(mutant.from).length !== 2) {
    throw new Error(`"${mutant.name}" does not stand in ${mutant.file} exactly once: the code moved on, move the mutant along.`)
  }
  await sql.unsafe(mutant ? text.replace(mutant.from, () => mutant.to) : text)
}

async function passes(url: string, args: string[]): Promise<boolean> {
  const tests = spawn('node_modules/.bin/vitest', ['run', ...args], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      // The tests of the database ask nothing else of a Supabase.
      NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:1',
      NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'none',
      SUPABASE_SECRET_KEY: 'none',
      KERNEL_OPERATIONS: process.env.KERNEL_OPERATIONS ?? '900',
      KERNEL_CONNECTIONS: process.env.KERNEL_CONNECTIONS ?? '12',
    },
    stdio: process.env.MUTANTS_VERBOSE ? 'inherit' : 'ignore',
  })
  const [code] = await once(tests, 'exit')
  return code === 0
}
