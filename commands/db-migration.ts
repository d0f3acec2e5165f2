import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from 'embedded-supabase/run-command'
import { StartError } from 'embedded-supabase/start-error'
import { ROOT } from '@/commands/root'
import { differences, readCatalog } from '@/commands/schema/catalog'
import { brokenMigrations, newMigrations, readLock } from '@/commands/schema/lock'
import { migrationText } from '@/commands/schema/migration-text'
import { writeSchemaVersion } from '@/commands/schema/schema-version'
import { migrationFiles, schemaFiles } from '@/commands/schema/sql-files'
import { startWorkbench } from '@/commands/schema/workbench'

// npm run db:migration -- NAME: writes what is missing in supabase/migrations to make what supabase/schemas says.
// A migration that is not in the lock yet is a draft: the statements are added to it.
await runCommand(async () => {
  const [name = ''] = process.argv.slice(2)
  const files = migrationFiles()
  const lock = readLock()
  const [broken] = brokenMigrations(lock, files)
  if (broken) throw new StartError(broken)
  const draft = newMigrations(lock, files).at(-1)?.path
  if (!draft && !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new StartError('Name the change in lower case: npm run db:migration -- add_gift_notes')
  }
  const missing = await statementsMissing()
  if (!missing) {
    console.log('The migrations make what supabase/schemas says. Nothing to write.')
    return
  }
  const path = draft ?? `migrations/${timestamp()}_${name}.sql`
  const file = join(ROOT, 'supabase', path)
  if (draft) appendFileSync(file, `\n${missing.text}`)
  else writeFileSync(file, missing.text)
  writeSchemaVersion(migrationFiles())
  console.log(`${draft ? 'Added to' : 'Wrote'} supabase/${path}.`)
  if (missing.byHand > 0) {
    console.log(
      `${missing.byHand} statements change tables or types that may hold rows: write them where it says TODO. ` +
        'Until then the test of the migrations fails.',
    )
  }
  console.log(
    'Then: npx vitest run --project migrations, npm run db:types, and before you commit npm run db:lock.',
  )
})

async function statementsMissing() {
  const bench = await startWorkbench()
  try {
    const schemas = schemaFiles()
    const before = await readCatalog(await bench.createDatabase('migrated', migrationFiles()))
    const after = await readCatalog(await bench.createDatabase('declared', schemas))
    return differences(before, after).length > 0 ? migrationText(before, after, schemas) : null
  } finally {
    await bench.stop()
  }
}

function timestamp(): string {
  return new Date().toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
}
