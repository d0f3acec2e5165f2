import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateTypescript, sortGeneratorMetadata } from '@supabase/postgrest-typegen/generation'
import { introspect } from '@supabase/postgrest-typegen/introspection'
import { runCommand } from 'embedded-supabase/run-command'
import { StartError } from 'embedded-supabase/start-error'
import { Pool } from 'pg'
import { ROOT } from './root'
import { testSupabase } from './stack/test-stack'

const FILE = 'supabase/database.types.ts'

// npm run db:types: the types of the schema, from a database with every migration. --check only compares.
await runCommand(async () => {
  const types = await generate()
  const path = join(ROOT, FILE)
  if (!process.argv.includes('--check')) {
    writeFileSync(path, types)
    return
  }
  if (readFileSync(path, 'utf8') !== types) {
    throw new StartError(`${FILE} is not what the migrations make. Run npm run db:types and commit it.`)
  }
  console.log(`${FILE} is what the migrations make.`)
})

/** As `supabase gen types` does, which needs a container engine for it in the CLI we pin. */
async function generate(): Promise<string> {
  const supabase = await testSupabase()
  const database = new Pool({ connectionString: supabase.env.DATABASE_URL ?? process.env.DATABASE_URL })
  // A connection that the server closes first, as a database that stops does, is an event and no exception.
  database.on('error', () => undefined)
  database.on('connect', (client) => client.on('error', () => undefined))
  try {
    const metadata = await introspect(database, { includedSchemas: ['public'] })
    return await generateTypescript(sortGeneratorMetadata(metadata), { postgrestVersion: '14' })
  } finally {
    await database.end()
    await supabase.stop()
  }
}
