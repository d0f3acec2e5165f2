/**
 * PostgREST's table from SQLSTATE to HTTP status, for the codes Lite has no answer to and would call a
 * server error: `raise exception` (P0001), a violated check (23514), a deadlock … Others are left to Lite.
 * https://docs.postgrest.org/en/v14/references/errors.html
 */
const STATUS: [prefix: string, status: number][] = [
  ['P0001', 400],
  ['P0', 500],
  ['08', 503],
  ['09', 500],
  ['0L', 403],
  ['0P', 403],
  ['23502', 400],
  ['23514', 400],
  ['23P01', 400],
  ['25', 500],
  ['28', 403],
  ['2D', 500],
  ['38', 500],
  ['39', 500],
  ['3B', 500],
  ['3F', 400],
  ['40', 500],
  ['53', 503],
  ['54', 500],
  ['55', 500],
  ['57', 500],
  ['58', 500],
  ['XX', 500],
]

/** The error in the shape PostgREST's own `raise sqlstate 'PGRST'` has, which Lite answers to the letter. */
export function withHttpStatus(error: unknown): unknown {
  if (!isSqlError(error)) return error
  const status = STATUS.find(([prefix]) => error.code.startsWith(prefix))?.[1]
  if (status === undefined || (error.code === '25006' && status === 500)) return error
  const { code, message, detail = null, hint = null } = error
  return Object.assign(new Error(JSON.stringify({ code, message, details: detail, hint })), {
    code: 'PGRST',
    detail: JSON.stringify({ status, headers: {} }),
  })
}

interface SqlError extends Error {
  code: string
  detail?: string
  hint?: string
}

function isSqlError(error: unknown): error is SqlError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code)
  )
}
