import pg from 'pg'

/** The settings under which values are written and read back: those of a Supabase database. */
export const sessionOptions =
  '-c timezone=UTC -c datestyle=ISO,MDY -c intervalstyle=postgres -c extra_float_digits=1 -c bytea_output=hex -c search_path=public,extensions'

const statementTimeoutMs = 5_000
const connectTimeoutMs = 5_000

export type Database = pg.Pool

/** Connections for checks and for evaluating changes. A broken one is replaced by the next query. */
export function openDatabase(databaseUrl: string): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: sessionOptions,
    application_name: 'realtime',
    max: 4,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
  })
  // An idle connection that dies is no event: the pool has dropped it already.
  pool.on('error', () => undefined)
  return pool
}

/** Runs `work` in a transaction that leaves no trace. */
export async function inTransactionRolledBack<T>(
  database: Database,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await database.connect()
  let broken: Error | undefined
  // A connection that dies reports it twice: to the query in progress, and here.
  const onError = (error: Error): void => {
    broken = error
  }
  client.on('error', onError)
  try {
    await client.query('begin')
    return await work(client)
  } finally {
    await client.query('rollback').catch(onError)
    client.off('error', onError)
    client.release(broken)
  }
}

export type DatabaseError = Error & { code: string }

/** True for an answer of Postgres, false for a connection that failed. */
export function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof pg.DatabaseError && typeof error.code === 'string' && !isShutdown(error.code)
}

function isShutdown(code: string): boolean {
  return code.startsWith('57P') || code.startsWith('08') || code === '53300'
}
