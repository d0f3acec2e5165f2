import postgres from 'postgres'
import type { StackConfig } from '#config'
import { JWT_SECRET, KEYS } from '#keys'
import type { Mailbox } from '#mailbox/mailbox'
import type { Postgres } from '#postgres/start-postgres'
import type { Faults } from '#realtime/faults'
import { startRealtime } from '#realtime/realtime'
import { createAuthAdmin } from './auth-admin'
import { startGateway } from './gateway'
import { createLite } from './lite'
import { withLog } from './log'

export interface ApiOptions {
  config: StackConfig
  port: number
  /** Where refusals and errors of the Data API are written down. */
  log: string
  mailbox: Mailbox
  faults?: Faults
}

/** Data API, Auth and Realtime of a database, behind one port of this machine. Resolves with what stops them. */
export async function startApi(database: Postgres, options: ApiOptions): Promise<() => Promise<void>> {
  const { config, port, log, mailbox, ...faults } = options
  const realtime = await startRealtime({
    databaseUrl: database.adminUrl,
    jwtSecret: JWT_SECRET,
    keys: KEYS,
    ...faults,
  })
  const lite = createLite(database.url, config)
  const authAdmin = createAuthAdmin(database.adminUrl, config.shortestPassword)
  const schemaChanges = postgres(database.url, { max: 1 })
  await schemaChanges.listen('pgrst', lite.forgetSchema)

  const gateway = await startGateway(port, {
    authAdmin: authAdmin.answer,
    lite: (request) => withLog(log, () => lite.fetch(request)),
    mailbox,
    realtime,
  })
  return async () => {
    gateway.stop()
    await Promise.all([realtime.stop(), lite.stop(), authAdmin.stop(), schemaChanges.end({ timeout: 0 })])
  }
}
