import postgres from 'postgres'
import { createAuthMail } from '#auth/auth-mail'
import type { SendEmailHook } from '#auth/send-email'
import type { StackConfig } from '#config'
import { JWT_SECRET, KEYS } from '#keys'
import type { Mailbox } from '#mailbox/mailbox'
import type { Postgres } from '#postgres/start-postgres'
import type { Faults } from '#realtime/faults'
import { startRealtime } from '#realtime/realtime'
import { startStorage } from '#storage/storage'
import { createAuthAdmin } from './auth-admin'
import { startGateway } from './gateway'
import { createLite } from './lite'
import { withLog } from './log'

export interface ApiOptions {
  config: StackConfig
  port: number
  /** Where refusals and errors of the Data API are written down. */
  log: string
  /** Where Storage keeps its files. */
  files: string
  mailbox: Mailbox
  faults?: Faults
}

export interface Api {
  stop: () => Promise<void>
  /** Has Auth post its messages there from now on. */
  sendEmailsTo: (hook: SendEmailHook) => void
}

/** Data API, Auth, Storage and Realtime of a database, behind one port of this machine. */
export async function startApi(database: Postgres, options: ApiOptions): Promise<Api> {
  const { config, port, log, files, mailbox, ...faults } = options
  const realtime = await startRealtime({
    databaseUrl: database.adminUrl,
    jwtSecret: JWT_SECRET,
    keys: KEYS,
    ...faults,
  })
  const authMail = createAuthMail(database.adminUrl, mailbox, config)
  const lite = createLite(database.url, config, authMail.mailer)
  const authAdmin = createAuthAdmin(database.adminUrl, config.shortestPassword)
  const storage = startStorage({ adminUrl: database.adminUrl, folder: files })
  const schemaChanges = postgres(database.url, { max: 1 })
  await schemaChanges.listen('pgrst', lite.forgetSchema)

  const gateway = await startGateway(port, {
    authAdmin: authAdmin.answer,
    authMail: authMail.answer,
    lite: (request) => withLog(log, () => lite.fetch(request)),
    mailbox,
    realtime,
    storage,
  })
  return {
    sendEmailsTo: authMail.sendTo,
    stop: async () => {
      gateway.stop()
      await Promise.all([
        ...[realtime.stop(), lite.stop(), authAdmin.stop(), authMail.stop(), storage.stop()],
        schemaChanges.end({ timeout: 0 }),
      ])
    },
  }
}
