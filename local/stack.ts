import { join } from 'node:path'
import postgresClient from 'postgres'
import { createAuthAdmin } from './api/auth-admin'
import { type Services, startGateway } from './api/gateway'
import { createAuthTables, createLite } from './api/lite'
import { withLog } from './api/log'
import { sendJson } from './api/node-http'
import { readConfig } from './config'
import { createDemoStaff } from './demo-staff'
import { JWT_SECRET, KEYS } from './keys'
import { migrate } from './migrations'
import { requireFreePort } from './ports'
import { grantAuth } from './postgres/bootstrap'
import { type Postgres, startPostgres } from './postgres/start-postgres'
import { announce, type StackAddress } from './stack-state'
import { StartError } from './start-error'

export interface StackOptions {
  dataDir: string
  apiPort: number
  databasePort: number
  /** Deletes the data first. */
  fresh?: boolean
  /** Fills a database that was never seeded with the demo shop and its staff. */
  seed?: boolean
}

export interface Stack extends StackAddress {
  stop: () => Promise<void>
  /** Resolves with the reason when the stack breaks down by itself. It is stopped then. */
  broken: Promise<StartError>
}

/**
 * The embedded Supabase: PostgreSQL, Data API, Auth and Realtime for this project, its migrations applied.
 * For development and tests on this machine alone. Throws a StartError when a person can help.
 */
export async function startStack({ seed = true, ...options }: StackOptions): Promise<Stack> {
  await requireFreePort(options.apiPort, 'the API', '--api-port')
  const stopping: (() => unknown)[] = []
  const stop = async () => {
    for (const undo of stopping.splice(0).reverse()) await undo()
  }
  try {
    const postgres = await startPostgres({ ...options, port: options.databasePort })
    stopping.push(postgres.stop)
    const broken = postgres.exited.then(async () => {
      if (stopping.length === 0) return new Promise<never>(() => undefined) // as asked
      await stop()
      return new StartError(`PostgreSQL stopped by itself; ${options.dataDir}/postgres.log says why.`)
    })
    await createAuthTables(postgres.adminUrl, readConfig())
    await grantAuth(postgres.adminUrl)
    const isSeeded = await migrate(postgres.url, { seed })
    const address = await serve(postgres, options, stopping)
    if (isSeeded) await createDemoStaff(address.apiUrl, address.secretKey)
    stopping.push(announce(options.dataDir, address))
    return { ...address, stop, broken }
  } catch (error) {
    await stop()
    throw error
  }
}

async function serve(
  postgres: Postgres,
  { apiPort, dataDir }: StackOptions,
  stopping: (() => unknown)[],
): Promise<StackAddress> {
  const lite = createLite(postgres.url, readConfig())
  const authAdmin = createAuthAdmin(postgres.adminUrl)
  stopping.push(lite.stop, authAdmin.stop)

  const schemaChanges = postgresClient(postgres.url, { max: 1 })
  stopping.push(() => schemaChanges.end({ timeout: 0 }))
  await schemaChanges.listen('pgrst', lite.forgetSchema)

  const log = join(dataDir, 'api.log')
  const services: Services = {
    authAdmin: authAdmin.answer,
    lite: (request) => withLog(log, () => lite.fetch(request)),
    realtime: {
      handleRequest: async (_request, response) =>
        sendJson(response, 501, { error: 'Realtime is not built yet' }),
      handleUpgrade: (_request, socket) => void socket.end('HTTP/1.1 501 Not Implemented\r\n\r\n'),
    },
  }
  const gateway = await startGateway(apiPort, services)
  stopping.push(gateway.stop)
  return {
    apiUrl: `http://127.0.0.1:${apiPort}`,
    databaseUrl: postgres.url,
    publishableKey: KEYS.publishable,
    secretKey: KEYS.secret,
    jwtSecret: JWT_SECRET,
  }
}
