/** The newest migration this code was written for. Set by npm run db:migration and npm run db:lock; a test compares. */
export const SCHEMA_VERSION = '20261130071544'

/**
 * Why this shop cannot work with a database, in a sentence that says what to do; null when it can. `found` is the
 * newest migration that database has applied; null when it has no function that says so.
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
