import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { StartError } from './start-error'

export interface MigrateOptions {
  /** Fill a database that was never seeded. */
  seed: boolean
  /** The folder that holds supabase/. */
  project: string
}

/**
 * Brings the database up to the newest migration with the Supabase CLI, and seeds one that never was. Asks
 * the CLI only when there is something to do: `supabase db push`, as for any shop. Returns whether the database holds
 * the seed. A migration that fails leaves the database as it was before that migration and is told as a StartError.
 */
export async function migrate(url: string, { seed, project }: MigrateOptions): Promise<boolean> {
  const { applied, isSeeded } = await readHistory(url)
  const seedNow = seed && !isSeeded
  const isCurrent = migrationVersions(project).every((version) => applied.has(version))
  if (seedNow || !isCurrent) await push(url, seedNow, project)
  return seed || isSeeded
}

function migrationVersions(project: string): string[] {
  return migrationFiles(project).map((name) => name.split('_')[0] ?? name)
}

/** A project that is new has none. */
export function migrationFiles(project: string): string[] {
  const folder = migrationsOf(project)
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sql')) : []
}

export function migrationsOf(project: string): string {
  return join(project, 'supabase', 'migrations')
}

async function readHistory(url: string): Promise<{ applied: Set<string>; isSeeded: boolean }> {
  const sql = postgres(url, { max: 1 })
  try {
    const [found] = await sql<{ migrations: boolean; seeds: boolean }[]>`
      select to_regclass('supabase_migrations.schema_migrations') is not null as migrations,
        to_regclass('supabase_migrations.seed_files') is not null as seeds`
    const migrations = found?.migrations
      ? await sql<{ version: string }[]>`select version from supabase_migrations.schema_migrations`
      : []
    const seeds = found?.seeds ? await sql`select from supabase_migrations.seed_files` : []
    return { applied: new Set(migrations.map(({ version }) => version)), isSeeded: seeds.length > 0 }
  } finally {
    await sql.end()
  }
}

async function push(url: string, seed: boolean, project: string): Promise<void> {
  // Without sslmode=disable the CLI reports first that this server has no TLS.
  const flags = [`--db-url=${url}?sslmode=disable`, '--yes', `--workdir=${project}`]
  const args = ['db', 'push', ...flags, ...(seed ? ['--include-seed'] : [])]
  try {
    await promisify(execFile)(process.execPath, [supabaseCli(), ...args], {
      cwd: project,
      env: { ...process.env, DO_NOT_TRACK: '1' },
      maxBuffer: 64 * 1024 * 1024,
    })
  } catch (cause) {
    const output = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause)
    const told = output.split('\n').filter((line) => !/^(Target:|Confirmed by|Try rerunning)/.test(line))
    throw new StartError(
      `The database could not be brought up to date; it is as before the file that failed.\n${told.join('\n').trim()}`,
      { cause },
    )
  }
}

function supabaseCli(): string {
  return join(dirname(createRequire(import.meta.url).resolve('supabase/package.json')), 'dist', 'supabase.js')
}
