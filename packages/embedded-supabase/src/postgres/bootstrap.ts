import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'

/** In this order. Each may be run on a database that has it all already: it is, at every start. */
const FILES = [
  'sql/roles.sql',
  'sql/schemas.sql',
  'sql/auth.sql',
  'sql/public.sql',
  '../realtime/schema.sql',
  '../storage/schema.sql',
]

/** Makes a bare database look like Supabase's before the first migration: all of it, or nothing. */
export async function bootstrap(adminUrl: string): Promise<void> {
  const texts = await Promise.all(FILES.map((file) => readFile(join(import.meta.dirname, file), 'utf8')))
  await runAsOne(adminUrl, texts.join('\n'))
}

/** Lets migrations refer to the tables of Auth, once those exist, and gives the functions back their meaning. */
export async function grantAuth(adminUrl: string): Promise<void> {
  await runAsOne(adminUrl, await readFile(join(import.meta.dirname, 'sql/auth.sql'), 'utf8'))
}

async function runAsOne(adminUrl: string, text: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  try {
    await sql.begin((tx) => tx.unsafe(text))
  } finally {
    await sql.end()
  }
}
