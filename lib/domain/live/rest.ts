import type { LiveSource } from '@/lib/domain/live/query'
import { conditionsOf } from '@/lib/domain/live/stretch'
import type { PublicSettings } from '@/lib/domain/settings'

/** Realtime takes at most this many values in one `in` filter; the Data API is asked in the same portions. */
const portion = 100

type Asked = Pick<LiveSource<never>, 'by' | 'list'>

/** The conditions that choose `values`, as one or more portions, in the words the Data API and Realtime share. */
function portions({ by, list }: Asked, values: readonly string[]): string[][] {
  if (list) return values.map((stretch) => conditionsOf(by, stretch))
  const count = Math.ceil(values.length / portion)
  return Array.from({ length: count }, (_, index) => {
    const listed = values.slice(index * portion, (index + 1) * portion).map(quoted)
    return [`${by}=in.(${listed.join()})`]
  })
}

/** A Realtime filter per portion of `values`; an empty one is the whole table. */
export function filters(source: Asked, values: readonly string[]): string[] {
  return portions(source, values).map((conditions) => conditions.join())
}

function quoted(value: string): string {
  return /^[\w-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** The Data API requests that read the rows of `values` now, one per portion, each with at most `limit` rows. */
export function readRequests<Row>(
  source: LiveSource<Row>,
  values: readonly string[],
  settings: PublicSettings,
  accessToken: string | null,
  limit = source.newest,
): { url: string; headers: Record<string, string> }[] {
  const headers: Record<string, string> = { apikey: settings.publishableKey }
  if (accessToken) headers.authorization = `Bearer ${accessToken}`
  const only = source.list?.only ? [source.list.only.where] : []
  const order = source.list
    ? `&order=${source.by}.${source.list.order === 'descending' ? 'desc' : 'asc'}`
    : ''
  const newest = source.newest ? '&order=id.desc' : ''
  const most = limit ? `&limit=${limit}` : ''
  return portions(source, values).map((conditions) => {
    const chosen = [...conditions, ...only].map(encodedCondition).join('&')
    const query = `select=${source.columns.join()}&${chosen}${order}${newest}${most}`
    return { url: `${settings.supabaseUrl}/rest/v1/${source.table}?${query}`, headers }
  })
}

function encodedCondition(condition: string): string {
  const column = condition.slice(0, condition.indexOf('='))
  return `${column}=${encodeURIComponent(condition.slice(column.length + 1))}`
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
