import 'server-only'
import { connection } from 'next/server'
import { Unavailable } from '@/lib/domain/core/unavailable'
import { wholeList } from '@/lib/domain/live/key-range'
import type { LiveList, LiveQuery } from '@/lib/domain/live/query'
import { parseRows } from '@/lib/domain/live/rest'
import { sortRows } from '@/lib/domain/live/row-rules'
import { headersOf, readUrls } from '@/lib/domain/live/table-reads'
import { steadyFetch } from '@/lib/server/resilience/steady-fetch'
import { publicSettings } from './env'
import { readShelf } from './read-shelf'

/**
 * The rows of a live query as they are now, for a server render to start from; the browser's `useLiveQuery` takes
 * them over with the same query. Never cached and never prerendered: put what awaits it into its own <Suspense>.
 *
 * @param accessToken of the signed-in person, for tables that only staff may read. Without: what anyone may see.
 * Throws `Unavailable` when the Data API gives no answer, another error when it refuses or answers with something that is no row of this source.
 */
export async function firstValue<Row>(
  query: LiveQuery<Row>,
  accessToken: string | null = null,
): Promise<Row[]> {
  return read(query, accessToken)
}

/** The first page of a live list, for `useLiveList` to start from; otherwise as `firstValue`. @public */
export async function firstPage<Row>(
  { source }: LiveList<Row>,
  accessToken: string | null = null,
): Promise<Row[]> {
  return read({ source, values: [wholeList] }, accessToken, source.list.pageSize)
}

async function read<Row>(
  { source, values }: Pick<LiveQuery<Row>, 'source' | 'values'>,
  accessToken: string | null,
  limit?: number,
): Promise<Row[]> {
  await connection()
  if (source.sharedAt && !source.list) {
    const { rows } = await readShelf({ [source.by]: values })
    return sortRows(source, parseRows(source, rows))
  }
  const settings = publicSettings()
  const headers = headersOf(settings, accessToken)
  const portions = await Promise.all(
    readUrls(source, values, settings, limit).map(async (url) => {
      const response = await steadyFetch(url, { headers, cache: 'no-store' })
      if (!response.ok) throw fault(`${source.table}: ${response.status} ${await response.text()}`, response)
      return parseRows(source, await response.json())
    }),
  )
  return sortRows(source, portions.flat())
}

function fault(words: string, { status }: Response): Error {
  return status >= 500 ? new Unavailable(words) : new Error(words)
}
