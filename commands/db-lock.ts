import { parseArgs } from 'node:util'
import { runCommand } from 'embedded-supabase/run-command'
import { StartError } from 'embedded-supabase/start-error'
import {
  brokenMigrations,
  readLock,
  unfinishedMigrations,
  withMigrations,
  writeLock,
} from '@/commands/schema/lock'
import { writeSchemaVersion } from '@/commands/schema/schema-version'
import { migrationFiles } from '@/commands/schema/sql-files'

// npm run db:lock: adds new migrations to supabase/migrations.lock. From then on they never change.
// npm run db:lock -- --release 1.1.0: also closes a release; the upgrade test starts from the last one.
await runCommand(async () => {
  const { values } = parseArgs({ options: { release: { type: 'string' } } })
  const files = migrationFiles()
  const lock = readLock()
  const reasons = [...brokenMigrations(lock, files), ...unfinishedMigrations(lock, files)]
  if (reasons.length > 0) throw new StartError(reasons.join('\n'))
  const { lines } = withMigrations(lock, files)
  writeLock({ lines: values.release ? [...lines, { release: values.release }] : lines })
  writeSchemaVersion(files)
  console.log(`supabase/migrations.lock names ${files.length} migrations.`)
})
