import { App } from '@supabase/lite'
import { createPostgresConnection, type PostgresConnection } from '@supabase/lite/postgres'
import type { StackConfig } from '#config'
import { JWT_SECRET, KEYS } from '#keys'
import { setContextInOneStatement } from './context'
import { JSON_TYPES } from './json-types'
import { withRefreshReuse } from './refresh-reuse'
import { withHttpStatus } from './sql-errors'

/** Data API and Auth. */
export interface Lite {
  fetch: (request: Request) => Promise<Response>
  /** Reads the schema again at the next request. */
  forgetSchema: () => Promise<void>
  stop: () => Promise<void>
}

/** Serves the database at `url` with @supabase/lite; each request acts as the role of its credentials. */
export function createLite(url: string, config: StackConfig, mailer?: object): Lite {
  const connection = connect(url)
  const app = createApp(connection, config)
  // Lite would write each message itself; its driver for e-mail gets the text alone.
  if (mailer) Reflect.set(app, '_mailer', mailer)
  return {
    fetch: withRefreshReuse(async (request) => app.fetch(request)),
    forgetSchema: () => connection.clearSchemaCache(),
    stop: () => connection.driver.end({ timeout: 1 }),
  }
}

/** Makes the tables of Auth. Needs a superuser, once per start, before anything serves or migrates. */
export async function createAuthTables(adminUrl: string, config: StackConfig): Promise<void> {
  const connection = connect(adminUrl)
  try {
    await createApp(connection, config).ensureSystemSchema()
  } finally {
    await connection.close()
  }
}

function connect(url: string): PostgresConnection {
  const connection = createPostgresConnection({
    url,
    postgresOptions: { max: 20, onnotice: () => undefined, types: JSON_TYPES },
  })
  // Left to itself Lite grants every table of every schema with row level security to all API roles at its
  // first request. Our migrations say who may do what; a test holds that they keep the last word.
  Reflect.set(connection, 'rlsState', 'active')
  connection.normalizeDbError = withHttpStatus
  setContextInOneStatement(connection)
  keepStatementsPrepared(connection)
  return connection
}

/** As PostgREST does: a statement that is sent with its values alone takes one round trip and is planned once. */
function keepStatementsPrepared({ driver }: PostgresConnection): void {
  const reserve = driver.reserve.bind(driver)
  driver.reserve = async () => {
    const reserved = await reserve()
    const { unsafe } = reserved
    reserved.unsafe = (statement, values, options) => unsafe(statement, values, { prepare: true, ...options })
    return reserved
  }
}

function createApp(connection: PostgresConnection, config: StackConfig): App {
  return new App({
    connection,
    api: { schemas: ['public'], max_rows: config.maxRows },
    auth: {
      enabled: true,
      jwt_secret: JWT_SECRET,
      jwt_expiry: config.jwtExpiry,
      site_url: config.siteUrl,
      enable_signup: config.enableSignup,
      minimum_password_length: config.shortestPassword,
      email: { otp_length: config.otpLength, otp_expiry: config.otpExpiry },
      publishable_key: KEYS.publishable,
      secret_key: KEYS.secret,
    },
    db: { migrations: { enabled: false } },
    studio: { enabled: false },
    options: { server: { admin: false, disableStudio: true } },
  })
}
