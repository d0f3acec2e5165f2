import type { LiveSource } from '@/lib/domain/live/query'
import type { PublicSettings } from '@/lib/domain/settings'

/** Realtime takes at most this many values in one `in` filter; the Data API is asked in the same portions. */
const portion = 100

/** `column=in.(…)` once per hundred values, in the words the Data API and Realtime share. */
export function filters(source: { by: string }, values: readonly string[]): string[] {
  const count = Math.ceil(values.length / portion)
  return Array.from({ length: count }, (_, index) => {
    const listed = values.slice(index * portion, (index + 1) * portion).map(quoted)
    return `${source.by}=in.(${listed.join()})`
  })
}

function quoted(value: string): string {
  return /^[\w-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** The Data API requests that read the rows of `values` now, one per hundred. */
export function readRequests<Row>(
  source: LiveSource<Row>,
  values: readonly string[],
  settings: PublicSettings,
  accessToken: string | null,
): { url: string; headers: Record<string, string> }[] {
  const headers: Record<string, string> = { apikey: settings.publishableKey }
  if (accessToken) headers.authorization = `Bearer ${accessToken}`
  const newest = source.newest ? `&order=id.desc&limit=${source.newest}` : ''
  return filters(source, values).map((filter) => {
    const [column, condition = ''] = filter.split('=', 2)
    const query = `select=${source.columns.join()}&${column}=${encodeURIComponent(condition)}${newest}`
    return { url: `${settings.supabaseUrl}/rest/v1/${source.table}?${query}`, headers }
  })
}

/** What came is not what a source declares: a mistake in the code or a migration, which no further try mends. */
export class UnexpectedRows extends Error {
  override readonly name = 'UnexpectedRows'
}

/** Rows as the source declares them. Throws `UnexpectedRows` with the table's name when they are not. */
export function parseRows<Row>(source: LiveSource<Row>, body: unknown): Row[] {
  if (!Array.isArray(body)) throw new UnexpectedRows(`${source.table}: expected rows, got ${typeof body}`)
  return body.map((candidate) => {
    const row = source.parse(candidate)
    if (row === null) throw new UnexpectedRows(`${source.table}: a row is not what its schema says`)
    return row
  })
}
