import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthTables } from 'embedded-supabase/api/lite'
import { readConfig } from 'embedded-supabase/config'
import { freePort } from 'embedded-supabase/ports'
import { startPostgres } from 'embedded-supabase/postgres'
import { grantAuth } from 'embedded-supabase/postgres/bootstrap'
import { StartError } from 'embedded-supabase/start-error'
import postgres from 'postgres'
import { ROOT } from '@/commands/root'
import type { SqlFile } from './sql-files'

const quiet = { max: 1, onnotice: () => undefined }

/** A PostgreSQL that lives as long as one command or test: databases are made in it and compared. */
export interface Workbench {
  /** A database that looks like a Supabase project before its first migration, then runs these files. Its address. */
  createDatabase: (name: string, files: SqlFile[]) => Promise<string>
  stop: () => Promise<void>
}

export async function startWorkbench(): Promise<Workbench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'onhand-schema-'))
  const server = await startPostgres({ dataDir, port: await freePort() })
  const stop = async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await createAuthTables(server.adminUrl, readConfig(ROOT))
    await grantAuth(server.adminUrl)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    stop,
    async createDatabase(name, files) {
      // From template1: a database with open connections cannot be copied.
      const admin = postgres(addressOf(server.adminUrl, 'template1'), quiet)
      await admin`drop database if exists ${admin(name)} with (force)`
      await admin`create database ${admin(name)} template postgres owner postgres`
      await admin.end()
      const url = addressOf(server.url, name)
      await runFiles(url, files)
      return url
    },
  }
}

/** Runs each file as one transaction. Throws a StartError that names the file and the line. */
export async function runFiles(url: string, files: SqlFile[]): Promise<void> {
  const sql = postgres(url, quiet)
  try {
    for (const { path, text } of files) {
      await sql.unsafe(text).catch((cause: unknown) => {
        throw new StartError(`supabase/${path}${lineOf(cause, text)}: ${String(cause)}`, { cause })
      })
    }
  } finally {
    await sql.end()
  }
}

function lineOf(cause: unknown, text: string): string {
  const position = cause instanceof postgres.PostgresError ? Number(cause.position) : Number.NaN
  return Number.isNaN(position) ? '' : `:${text.slice(0, position).split('\n').length}`
}

function addressOf(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href
}
