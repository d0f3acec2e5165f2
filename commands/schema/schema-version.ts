import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/commands/root'
import { type SqlFile, versionOf } from './sql-files'

const FILE = join(ROOT, 'lib', 'domain', 'core', 'schema-version.ts')

/** Writes the version of the newest migration into the code that needs it. */
export function writeSchemaVersion(migrations: SqlFile[]): void {
  const version = versionOf(migrations.at(-1)?.path ?? '')
  const before = readFileSync(FILE, 'utf8')
  writeFileSync(FILE, before.replace(/SCHEMA_VERSION = '\d+'/, `SCHEMA_VERSION = '${version}'`))
}
