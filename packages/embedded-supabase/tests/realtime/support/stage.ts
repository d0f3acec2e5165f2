import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { JWT_SECRET, KEYS, signJwt } from '#keys'
import { Faults } from '#realtime/faults'
import { type RealtimeOptions, startRealtime } from '#realtime/realtime'
import { RawClient, type RawOptions } from './raw-client'

export const user1 = '11111111-1111-4111-8111-111111111111'
export const user2 = '22222222-2222-4222-8222-222222222222'

/** A Realtime server on a separate database, and clients for it. */
export type Stage = {
  /** Superuser. */
  sql: Sql
  faults: Faults
  url: string
  databaseUrl: string
  connect: (options?: RawOptions) => Promise<RawClient>
  /** Resolves when everything committed so far has been dealt with. Needs the table `bench`. */
  settle: () => Promise<void>
  restartServer: () => Promise<void>
  close: () => Promise<void>
}

/** `tables` creates the tables of the recordings' SQL. */
export async function openStage(
  options: Partial<RealtimeOptions> & { tables?: boolean } = {},
): Promise<Stage> {
  const { databaseUrl, drop } = options.databaseUrl
    ? { databaseUrl: options.databaseUrl, drop: async () => undefined }
    : await createDatabase()
  const sql = postgres(databaseUrl, { max: 4, onnotice: () => undefined })
  if (options.tables !== false)
    await sql.unsafe(await readFile(join(import.meta.dirname, 'tables.sql'), 'utf8'))
  const faults = options.faults ?? new Faults()
  const start = () => startRealtime({ databaseUrl, jwtSecret: JWT_SECRET, keys: KEYS, ...options, faults })
  let realtime = await start()
  const server = createServer((request, response) => void realtime.handleRequest(request, response))
  server.on('upgrade', (request, socket, head) => realtime.handleUpgrade(request, socket, head))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('not listening')
  const url = `http://127.0.0.1:${address.port}`
  let marks: RawClient | undefined
  const clients = new Set<RawClient>()
  const connect = async (rawOptions: RawOptions = {}): Promise<RawClient> => {
    const client = await RawClient.open(url, { apikey: KEYS.anonJwt, ...rawOptions })
    clients.add(client)
    return client
  }
  return {
    sql,
    faults,
    url,
    databaseUrl,
    connect,
    async settle() {
      if (!marks) {
        marks = await connect()
        await marks.listen('realtime:settle', [{ event: 'INSERT', schema: 'public', table: 'bench' }])
      }
      marks.forget()
      marks.send('phoenix', 'heartbeat', {})
      const mark = Math.floor(Math.random() * 1e9)
      await sql`insert into public.bench (n) values (${mark})`
      await marks.find(({ payload }) => payload.data?.record.n === mark, 'the mark')
    },
    async restartServer() {
      await realtime.stop()
      realtime = await start()
    },
    async close() {
      for (const client of clients) client.cut()
      await realtime.stop()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await sql.end()
      await drop()
    },
  }
}

/** A separate database in the PostgreSQL of this run. */
async function createDatabase(): Promise<{ databaseUrl: string; drop: () => Promise<void> }> {
  const adminUrl = process.env.REALTIME_ADMIN_URL
  if (!adminUrl) throw new Error('REALTIME_ADMIN_URL is not set: run by "npx vitest run --project realtime"')
  const name = `stage_${randomBytes(6).toString('hex')}`
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  await admin`create database ${admin(name)} template realtime_template`
  return {
    databaseUrl: Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href,
    async drop() {
      const slots = () => admin`select 1 from pg_replication_slots where database = ${name}`
      for (let tries = 0; tries < 100 && (await slots()).length > 0; tries++) {
        await new Promise((done) => setTimeout(done, 50))
      }
      await admin`drop database if exists ${admin(name)} with (force)`
      await admin.end()
    },
  }
}

/** A token of a signed-in user, good for an hour unless told otherwise. */
export function userToken(sub: string, claims: Record<string, unknown> = {}): string {
  return signJwt({ role: 'authenticated', sub, exp: Math.floor(Date.now() / 1000) + 3600, ...claims })
}
