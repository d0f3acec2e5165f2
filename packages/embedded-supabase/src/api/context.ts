import type { PostgresConnection } from '@supabase/lite/postgres'

type WithContext = PostgresConnection['withContext']

/**
 * Has each request's role, claims and headers told to the database in one statement, as PostgREST does: left to itself
 * Lite takes six for a read and ten for a function call, each a round trip.
 */
export function setContextInOneStatement(connection: PostgresConnection): void {
  const withContext: WithContext = connection.withContext.bind(connection)
  connection.withContext = (vars, work, options) => {
    if (!vars || options?.transaction || options?.forceRollback) return withContext(vars, work, options)
    const context = Object.entries({ ...caller(vars as Vars), ...(options?.rpc && call(options.rpc)) })
    return connection.kysely.transaction().execute(async (transaction) => {
      const told = transaction
        .selectNoFrom(({ fn, val, lit }) =>
          context.map(([name, value]) => fn('set_config', [val(name), val(value), lit(true)]).as(name)),
        )
        .execute()
      const [answer] = await Promise.all([work(transaction), told])
      return answer
    })
  }
}

/** What Lite knows of whoever asks. */
interface Vars {
  auth?: { role?: string; uid?: unknown; jwt?: object }
  storage?: { operation?: unknown }
}

function caller({ auth, storage }: Vars): Record<string, string> {
  const role = auth?.role || 'anon'
  return {
    role,
    'request.jwt.claim.sub': String(auth?.uid ?? ''),
    'request.jwt.claim.role': role,
    'storage.operation': String(storage?.operation ?? ''),
    ...(auth?.jwt && { 'request.jwt.claims': JSON.stringify(auth.jwt) }),
  }
}

type Call = NonNullable<NonNullable<Parameters<WithContext>[2]>['rpc']>

function call({ method, path, readOnly, requestHeaders = {} }: Call): Record<string, string> {
  return {
    'response.status': '',
    'response.headers': '',
    'request.method': method,
    'request.path': path,
    'request.headers': JSON.stringify(requestHeaders),
    ...(readOnly && { transaction_read_only: 'on' }),
  }
}
