import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from 'embedded-supabase/ports'
import { startPostgres } from 'embedded-supabase/postgres'
import postgres from 'postgres'
import { schemaFiles } from '@/commands/schema/sql-files'

const quiet = { max: 1, onnotice: () => undefined }

/** Changes the text of a schema file for a scratch database. */
export type Edit = (path: string, text: string) => string

/** A PostgreSQL of one's own, in which every database is made from supabase/schemas alone. Nothing else writes there. */
export async function startScratch() {
  const dataDir = mkdtempSync(join(tmpdir(), 'onhand-kernel-'))
  const port = await freePort()
  let server = await startPostgres({ dataDir, port })
  return {
    port,
    dataDir,
    async database(name: string, edit: Edit = (_, text) => text): Promise<string> {
      // From another than the one that is copied: nobody may be in there, and two may be made at once.
      const admin = postgres(within(server.adminUrl, 'template1'), quiet)
      await admin`drop database if exists ${admin(name)} with (force)`
      await admin`create database ${admin(name)} template postgres owner postgres`
      await admin.end()
      // Auth makes these tables; the rules ask who there is, and who is still signed in.
      const auth = postgres(within(server.adminUrl, name), quiet)
      await auth`create table auth.users (id uuid primary key, email text, email_confirmed_at timestamptz,
        created_at timestamptz, last_sign_in_at timestamptz)`
      await auth`create table auth.sessions (id uuid primary key, user_id uuid not null)`
      await auth`grant all on auth.users, auth.sessions to postgres`
      // Realtime makes a partition a day. Without any, every word to a cart's or an order's page is an error, and slow.
      await auth`create table realtime.messages_of_any_day partition of realtime.messages default`
      await auth.end()
      const url = within(server.url, name)
      const sql = postgres(url, quiet)
      for (const { path, text } of schemaFiles()) await sql.unsafe(edit(path, text))
      await sql`update private.payment_providers set enabled = true`
      await sql.end()
      return url
    },
    /** As after a power cut: the caller has killed the server; this starts it on the same files. */
    async restart(): Promise<void> {
      await server.exited
      await server.stop().catch(() => undefined)
      // The kernel takes a moment to let go of the memory of processes that were killed.
      for (let attempt = 0; ; attempt++) {
        try {
          server = await startPostgres({ dataDir, port })
          return
        } catch (error) {
          if (attempt === 20 || !`${error}`.includes('shared memory')) throw error
          await sleep(500)
        }
      }
    },
    async stop(): Promise<void> {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function within(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href
}
