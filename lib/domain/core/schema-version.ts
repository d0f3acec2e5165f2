/** The newest migration this code was written for. Set by npm run db:migration and npm run db:lock; a test compares. */
export const SCHEMA_VERSION = '20261201142831'

/**
 * The reason why this shop cannot work with a database, with the command to run; null when it can. `found` is the
 * newest migration that the database has applied; null when it has no function that reports it.
 */
export function schemaComplaint(found: string | null, needed: string = SCHEMA_VERSION): string | null {
  if (found === needed) return null
  if (found === null) {
    return 'The database does not have the schema of this shop. Apply it with "npx supabase db push" (docs/deploy.md), then start the shop again.'
  }
  return found < needed
    ? `The database is older (schema ${found}) than this shop (schema ${needed}). Back it up and upgrade it with "npx supabase db push" (docs/deploy.md), then start the shop again.`
    : `The database is newer (schema ${found}) than this shop (schema ${needed}). Install the release that the database was upgraded to, or restore the backup from before its "supabase db push" (docs/deploy.md).`
}

/** The rows that the shop asks the Data API for at once. */
export const ROWS_AT_ONCE = 1000

/** Why a Data API that answers with `rows` at once does not fit this shop, and what to do; null when it does. */
export function rowLimitComplaint(rows: number): string | null {
  return rows >= ROWS_AT_ONCE
    ? null
    : `The Data API answers with ${rows} rows at once, this shop needs ${ROWS_AT_ONCE}. Set "Max rows" of the Data API to ${ROWS_AT_ONCE} or more (in the project's API settings, or max_rows in supabase/config.toml), then start the shop again.`
}
