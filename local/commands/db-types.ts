import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '@/local/config'
import { StartError } from '@/local/start-error'
import { testSupabase } from '@/local/test-stack'
import { runCommand } from './run-command'

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

async function generate(): Promise<string> {
  const supabase = await testSupabase()
  try {
    const url = supabase.env.DATABASE_URL ?? process.env.DATABASE_URL
    const { stdout } = await promisify(execFile)(
      join(ROOT, 'node_modules', '.bin', 'supabase'),
      // Without sslmode=disable the CLI's word about TLS ends up in the types.
      ['gen', 'types', 'typescript', `--db-url=${url}?sslmode=disable`, '--schema', 'public'],
      { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
    )
    return stdout
  } finally {
    await supabase.stop()
  }
}
