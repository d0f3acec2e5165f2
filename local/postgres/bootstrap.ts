import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'

/** In this order. Each may be run on a database that has it all already: it is, at every start. */
const FILES = [
  'local/postgres/sql/roles.sql',
  'local/postgres/sql/schemas.sql',
  'local/postgres/sql/auth.sql',
  'local/postgres/sql/public.sql',
  'local/realtime/schema.sql',
]

/** Makes a bare database look like Supabase's before the first migration: all of it, or nothing. */
export async function bootstrap(adminUrl: string): Promise<void> {
  const files = await Promise.all(FILES.map((file) => readFile(join(ROOT, file), 'utf8')))
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(`begin; set local client_min_messages = warning;\n${files.join('\n')}\ncommit;`)
  } finally {
    await client.end()
  }
}

const ROOT = join(import.meta.dirname, '..', '..')
