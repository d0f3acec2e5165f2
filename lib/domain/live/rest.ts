import { conditionsOf } from './key-range'
import type { LiveSource } from './query'

/** Realtime takes at most this many values in one `in` filter; the Data API is asked in the same portions. */
const portion = 100

type Asked = Pick<LiveSource<never>, 'by' | 'list'>

/** The conditions that choose `values`, as one or more portions, in the words the Data API and Realtime share. */
export function portions({ by, list }: Asked, values: readonly string[]): string[][] {
  if (list) return values.map((range) => conditionsOf(by, range))
  const found: string[][] = []
  for (let at = 0; at < values.length; at += portion) {
    const listed = values.slice(at, at + portion).map(quoted)
    found.push([`${by}=in.(${listed.join()})`])
  }
  return found
}

/** A Realtime filter per portion of `values`; an empty one is the whole table. */
export function filters(source: Asked, values: readonly string[]): string[] {
  return portions(source, values).map((conditions) => conditions.join())
}

function quoted(value: string): string {
  return /^[\w-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** Where the shop's own server has the rows of `values`, for a source that is shared: an address per portion. */
export function sharedUrls(
  source: Asked & { readonly sharedAt?: string },
  values: readonly string[],
): string[] {
  return portions(source, values).map(([condition]) => `${source.sharedAt}?${condition}`)
}

/** A row that is not as its source declares: a mistake in the code or a migration, which a retry does not mend. */
export class UnexpectedRows extends Error {}

/** Rows as the source declares them. Throws `UnexpectedRows` with the table's name when they are not. */
export function parseRows<Row>(source: LiveSource<Row>, body: unknown): Row[] {
  return (Array.isArray(body) ? body : [null]).map((candidate) => {
    const row = source.parse(candidate)
    if (row === null) throw new UnexpectedRows(`${source.table}: not the rows its source declares`)
    return row
  })
}
