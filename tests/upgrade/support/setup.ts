import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthTables } from 'embedded-supabase/api/lite'
import { readConfig } from 'embedded-supabase/config'
import { migrate } from 'embedded-supabase/migrations'
import { freePort } from 'embedded-supabase/ports'
import { startPostgres } from 'embedded-supabase/postgres'
import { grantAuth } from 'embedded-supabase/postgres/bootstrap'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { ROOT } from '@/commands/root'
import { readLock, releasedMigrations } from '@/commands/schema/lock'
import { runFiles } from '@/commands/schema/workbench'
import { type Rows, readRows } from './rows'

declare module 'vitest' {
  interface ProvidedContext {
    rowsOfRelease: Rows
    rowsAfterUpgrade: Rows
    upgradedUrl: string
  }
}

/** The last release with a small shop in it, brought to the current version by `supabase db push`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'onhand-upgrade-'))
  const server = await startPostgres({ dataDir, port: await freePort() })
  const stop = async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await createAuthTables(server.adminUrl, readConfig(ROOT))
    await grantAuth(server.adminUrl)
    await openRealtimeMessages(server.adminUrl)
    await migrate(server.url, { seed: false, project: releasedProject(join(dataDir, 'release')) })
    const smallShop = readFileSync(join(ROOT, 'tests/upgrade/small-shop.sql'), 'utf8')
    await runFiles(server.url, [{ path: '../tests/upgrade/small-shop.sql', text: smallShop }])
    project.provide('rowsOfRelease', await readRows(server.url))
    await migrate(server.url, { seed: false, project: ROOT })
    project.provide('rowsAfterUpgrade', await readRows(server.url))
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('upgradedUrl', server.url)
  return stop
}

/** A project with the migrations of the last release alone. */
function releasedProject(folder: string): string {
  mkdirSync(join(folder, 'supabase', 'migrations'), { recursive: true })
  for (const path of ['config.toml', ...releasedMigrations(readLock())]) {
    cpSync(join(ROOT, 'supabase', path), join(folder, 'supabase', path))
  }
  return folder
}

/** Realtime makes a partition a day; without any, each message of a cart or an order would be an error. */
async function openRealtimeMessages(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1 })
  await sql`create table realtime.messages_of_any_day partition of realtime.messages default`
  await sql.end()
}
