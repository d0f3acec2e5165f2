import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAuthTables } from '#api/lite'
import { startApi } from '#api/start-api'
import type { SendEmailHook } from '#auth/send-email'
import { startMailbox } from '#mailbox/mailbox'
import { grantAuth } from '#postgres/bootstrap'
import { type Postgres, startPostgres } from '#postgres/start-postgres'
import type { Faults } from '#realtime/faults'
import { readConfig } from './config'
import { JWT_SECRET, KEYS } from './keys'
import { forgetMigrations, noteMigrations, requireSameMigrations } from './migration-notes'
import { migrate } from './migrations'
import { requireFreePort } from './ports'
import { announce, type StackAddress } from './stack-state'
import { StartError } from './start-error'

export interface StackOptions {
  /** The folder that holds supabase/. */
  project: string
  dataDir: string
  apiPort: number
  databasePort: number
  /** Deletes the data first. */
  fresh?: boolean
  /** Fills a database that was never seeded with the project's seed. */
  seed?: boolean
  /** Called once the API answers, at every start of a database that holds the seed: for rows that only the API can write. */
  afterSeed?: (address: StackAddress) => Promise<void>
  /** Switches that make Realtime misbehave, for tests of what follows it. */
  faults?: Faults
}

export interface Stack extends StackAddress {
  stop: () => Promise<void>
  /** Resolves with the reason when the stack breaks down; the rest of it is stopped then. */
  broken: Promise<StartError>
  /** Stops PostgreSQL and starts it again that many milliseconds later; the services see it go and come back. */
  restartDatabase: (downForMs: number) => Promise<void>
  /** Has Auth post its messages to this hook from now on; before, they are in the mailbox. */
  sendEmailsTo: (hook: SendEmailHook) => void
}

/**
 * The embedded Supabase: PostgreSQL, Data API, Auth, Storage, Realtime and a mailbox for a Supabase project, its migrations applied.
 * For development and tests on this machine alone. Throws a StartError when a person can help.
 */
export async function startStack({ seed = true, ...options }: StackOptions): Promise<Stack> {
  const { project, dataDir, apiPort, databasePort, fresh = false, afterSeed, faults } = options
  await requireFreePort(apiPort, 'the API', '--api-port')
  const undo: (() => unknown)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    let postgres = await startPostgres({ dataDir, port: databasePort, fresh })
    undo.push(() => postgres.stop())
    const storageFolder = join(dataDir, 'storage')
    if (fresh) {
      forgetMigrations(dataDir)
      rmSync(storageFolder, { recursive: true, force: true })
    }
    requireSameMigrations(dataDir, project)
    const breakdown = Promise.withResolvers<StartError>()
    const watch = async (server: Postgres) => {
      await server.exited
      if (undo.length === 0 || isRestarting) return // it was asked to
      await stop()
      breakdown.resolve(
        new StartError(`PostgreSQL stopped unexpectedly; ${join(dataDir, 'postgres.log')} has the reason.`),
      )
    }
    let isRestarting = false
    const restartDatabase = async (downForMs: number) => {
      isRestarting = true
      await postgres.stop()
      await sleep(downForMs)
      postgres = await startPostgres({ dataDir, port: databasePort })
      isRestarting = false
      void watch(postgres)
    }
    void watch(postgres)
    const config = readConfig(project)
    await createAuthTables(postgres.adminUrl, config)
    await grantAuth(postgres.adminUrl)
    const isSeeded = await migrate(postgres.url, { seed, project })
    noteMigrations(dataDir, project)
    const mailbox = await startMailbox()
    undo.push(mailbox.stop)
    const api = await startApi(postgres, {
      config,
      port: apiPort,
      log: join(dataDir, 'api.log'),
      files: storageFolder,
      mailbox,
      ...(faults && { faults }),
    })
    undo.push(api.stop)

    const address = addressOf(apiPort, postgres.url, mailbox.smtpUrl)
    if (isSeeded) await afterSeed?.(address)
    undo.push(announce(dataDir, address))
    return { ...address, stop, broken: breakdown.promise, restartDatabase, sendEmailsTo: api.sendEmailsTo }
  } catch (error) {
    await stop()
    throw error
  }
}

function addressOf(apiPort: number, databaseUrl: string, smtpUrl: string): StackAddress {
  return {
    apiUrl: `http://127.0.0.1:${apiPort}`,
    databaseUrl,
    publishableKey: KEYS.publishable,
    secretKey: KEYS.secret,
    jwtSecret: JWT_SECRET,
    smtpUrl,
    mailboxUrl: `http://127.0.0.1:${apiPort}/mailbox`,
  }
}
