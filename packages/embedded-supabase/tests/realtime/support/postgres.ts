import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { freePort } from '#ports'
import { startPostgres } from '#postgres/start-postgres'

let stop = async (): Promise<void> => undefined

/** One PostgreSQL for the whole run; every stage makes its own database in it. */
export async function setup(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'onhand-realtime-'))
  const server = await startPostgres({ dataDir, port: await freePort() })
  stop = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const sql = postgres(server.adminUrl, { max: 1 })
  await sql`create database realtime_template template postgres`
  await sql.end()
  process.env.REALTIME_ADMIN_URL = server.adminUrl
}

export async function teardown(): Promise<void> {
  await stop()
}
