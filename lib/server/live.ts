import 'server-only'
import { connection } from 'next/server'
import type { LiveQuery } from '@/lib/domain/live/query'
import { parseRows, readRequests } from '@/lib/domain/live/rest'
import { arranged } from '@/lib/domain/live/rows'
import { publicSettings } from './env'

/**
 * The rows of a live query as they are now, for a server render to start from; the browser's `useLiveQuery` takes
 * them over with the same query. Never cached and never prerendered: put what awaits it into its own <Suspense>.
 *
 * @param accessToken of the signed-in person, for tables that only staff may read. Without: what anyone may see.
 * Throws when the Data API refuses or answers with something that is no row of this source.
 */
export async function firstValue<Row>(
  query: LiveQuery<Row>,
  accessToken: string | null = null,
): Promise<Row[]> {
  await connection()
  const requests = readRequests(query.source, query.values, publicSettings(), accessToken)
  const portions = await Promise.all(
    requests.map(async ({ url, headers }) => {
      const response = await fetch(url, { headers, cache: 'no-store' })
      if (!response.ok) throw new Error(`${query.source.table}: ${response.status} ${await response.text()}`)
      return parseRows(query.source, await response.json())
    }),
  )
  return arranged(query.source, portions.flat())
}
