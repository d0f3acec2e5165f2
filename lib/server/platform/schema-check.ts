import 'server-only'
import { schemaComplaint } from '@/lib/domain/core/schema-version'
import { secretClient } from './supabase'

/** The codes of PostgREST and PostgreSQL for a function that the database does not have. */
const NO_FUNCTION = ['PGRST202', '42883']

/** Ends this server with one sentence when its database has the schema of another version. */
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
  if (!error) return schemaComplaint(data)
  if (NO_FUNCTION.includes(error.code)) return schemaComplaint(null)
  process.emitWarning(`The schema of the database could not be checked: ${error.code} ${error.message}`)
  return null
}
