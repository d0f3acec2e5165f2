import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from 'embedded-supabase/start-error'
import { ROOT } from '@/commands/root'

/** A file below supabase/, by its path from there. */
export interface SqlFile {
  path: string
  text: string
}

/** The files of supabase/schemas in the order of config.toml, which must name each of them once. */
export function schemaFiles(project = ROOT): SqlFile[] {
  const folder = join(project, 'supabase')
  const config = readFileSync(join(folder, 'config.toml'), 'utf8')
  const list = /^schema_paths = \[([^\]]*)\]/m.exec(config)?.[1] ?? ''
  const listed = [...list.matchAll(/"\.\/(schemas\/[^"]+)"/g)].flatMap(([, path]) => path ?? [])
  const present = readdirSync(join(folder, 'schemas'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .map((name) => `schemas/${name}`)
  for (const path of present) {
    if (listed.filter((each) => each === path).length === 1) continue
    throw new StartError(`supabase/config.toml must list ./${path} once, in schema_paths of [db.migrations].`)
  }
  return listed.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
}

/** The migrations of a project, oldest first. */
export function migrationFiles(project = ROOT): SqlFile[] {
  const folder = join(project, 'supabase', 'migrations')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ path: `migrations/${name}`, text: readFileSync(join(folder, name), 'utf8') }))
}

/** The version of a migration, the timestamp its name begins with: what the database keeps of it. */
export function versionOf(path: string): string {
  return /^(?:migrations\/)?(\d{14})_\w+\.sql$/.exec(path)?.[1] ?? ''
}
