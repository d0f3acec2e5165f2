import 'server-only'
import { rowLimitComplaint, schemaComplaint } from '@/lib/domain/core/schema-version'
import { secretClient } from './supabase'

/** The codes of PostgREST and PostgreSQL for a function that the database does not have. */
const NO_FUNCTION = ['PGRST202', '42883']

/** Ends this server with one sentence when its database has another schema version or gives too few rows at once. */
export async function requireSchema(): Promise<void> {
  const complaint = await findSchemaComplaint()
  if (complaint === null) return
  process.stderr.write(`${complaint}\n`)
  process.exit(1)
}

/**
 * Why this shop cannot work with its database, or null. A database that does not answer may be starting: the shop starts,
 * too, and its pages say what they cannot show.
 */
async function findSchemaComplaint(): Promise<string | null> {
  const { data, error } = await secretClient().rpc('schema_version')
  if (!error) return schemaComplaint(data) ?? (await findRowLimitComplaint())
  if (NO_FUNCTION.includes(error.code)) return schemaComplaint(null)
  process.emitWarning(`The schema of the database could not be checked: ${error.code} ${error.message}`)
  return null
}

/** The shop reads a thousand rows at once; a Data API that gives fewer would cut its lists silently. */
async function findRowLimitComplaint(): Promise<string | null> {
  const { data } = await secretClient().rpc('row_limit_probe')
  return data === null ? null : rowLimitComplaint(data.length)
}
