import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrationFiles, migrationsOf } from './migrations'
import { StartError } from './start-error'

/**
 * Until 1.0 migrations are edited in place, and the CLI never looks again at one it applied. These notes, in
 * the data folder, tell a database made from an older text, before the shop fails on it in stranger ways.
 */
export function noteMigrations(dataDir: string, project: string): void {
  const notes = migrationFiles(project).map((name) => [name, hashOf(project, name)])
  writeFileSync(noteOf(dataDir), JSON.stringify(Object.fromEntries(notes), null, 2))
}

/** Throws a StartError when a migration applied to this data was changed or taken away since. */
export function requireSameMigrations(dataDir: string, project: string): void {
  const files = new Set(migrationFiles(project))
  for (const [name, hash] of Object.entries(readNotes(dataDir))) {
    if (files.has(name) && hashOf(project, name) === hash) continue
    throw new StartError(
      `supabase/migrations/${name} was changed after it was applied to the data in ${dataDir}. ` +
        'Start over with --fresh (deletes that data), or choose another folder with --data-dir.',
    )
  }
}

/** For a database that starts over. */
export function forgetMigrations(dataDir: string): void {
  rmSync(noteOf(dataDir), { force: true })
}

function noteOf(dataDir: string): string {
  return join(dataDir, 'migrations.json')
}

function readNotes(dataDir: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(noteOf(dataDir), 'utf8'))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {}
    throw cause
  }
}

function hashOf(project: string, name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(migrationsOf(project), name)))
    .digest('hex')
}
