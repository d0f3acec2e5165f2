import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrationFiles, migrationsOf } from './migrations'
import { StartError } from './start-error'

/**
 * The CLI never compares a migration it applied. These notes, in the data folder, find a migration that was edited
 * afterwards, before the shop fails on the difference. An upgrade only adds migrations and never meets them.
 */
export function noteMigrations(dataDir: string, project: string): void {
  const notes = migrationFiles(project).map((name) => [name, hashOf(project, name)])
  writeFileSync(noteOf(dataDir), JSON.stringify(Object.fromEntries(notes), null, 2))
}

/** Throws a StartError when a migration applied to this data was changed or removed since. */
export function requireSameMigrations(dataDir: string, project: string): void {
  const files = new Set(migrationFiles(project))
  for (const [name, hash] of Object.entries(readNotes(dataDir))) {
    if (files.has(name) && hashOf(project, name) === hash) continue
    const change = files.has(name) ? 'changed' : 'removed'
    throw new StartError(
      `supabase/migrations/${name} was ${change} after it was applied to the data in ${dataDir}. The data is ` +
        `unchanged. Restore the file (git checkout -- supabase/migrations/${name}) and write the change as another ` +
        'migration (npm run db:migration -- NAME). A draft of your own can be tried on other data: --data-dir FOLDER.',
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
