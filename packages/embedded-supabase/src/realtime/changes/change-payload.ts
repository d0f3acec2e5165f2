import type { Column, Table } from '#realtime/wal/catalog'
import type { Rendered } from '#realtime/wal/rendering'
import type { RowChange } from '#realtime/wal/wal-text'

/** How a change looks to those who may read the same columns and asked for the same. */
export type View = { role: string; select: string[] | null }

/** A change with the values Postgres made of it. */
export type RenderedChange = {
  change: RowChange
  /** Commit time, UTC. */
  at: string
  row: Rendered
  old: Rendered
  isTooLarge: boolean
}

const longestKeptValue = 64

/** The `data` of a postgres_changes frame, as JSON text. */
export function changeData(
  { change, at, row, old, isTooLarge }: RenderedChange,
  table: Table,
  view: View,
): string {
  const columns = table.columns.filter((column) => isInView(column, view))
  const parts = [
    ...head(change),
    `"commit_timestamp":${JSON.stringify(at)}`,
    `"columns":[${columns.map(({ name, type }) => JSON.stringify({ name, type })).join(',')}]`,
  ]
  const record = (values: Rendered, shown: Column[]): string => recordOf(values, shown, isTooLarge)
  if (change.kind !== 'DELETE') parts.push(`"record":${record(row, columns)}`)
  if (change.kind !== 'INSERT') parts.push(`"old_record":${record(old, oldColumns(change, table, columns))}`)
  parts.push(`"errors":${isTooLarge ? '["Error 413: Payload Too Large"]' : 'null'}`)
  return `{${parts.join(',')}}`
}

/** The `data` of an event that only says why there is nothing to see. */
export function errorData(change: RowChange, error: string): string {
  const parts = [...head(change), '"commit_timestamp":null', '"columns":[]', '"record":{}']
  if (change.kind === 'UPDATE') parts.push('"old_record":{}')
  parts.push(`"errors":[${JSON.stringify(error)}]`)
  return `{${parts.join(',')}}`
}

function head({ schema, table, kind }: RowChange): string[] {
  return [`"schema":${JSON.stringify(schema)}`, `"table":${JSON.stringify(table)}`, `"type":"${kind}"`]
}

function isInView(column: Column, { role, select }: View): boolean {
  return column.readers.includes(role) && (!select || column.isKey || select.includes(column.name))
}

/** A deleted row can no longer be checked against policies: under row level security only its key is told. */
function oldColumns(change: RowChange, table: Table, columns: Column[]): Column[] {
  return change.kind === 'DELETE' && table.isRowSecured ? columns.filter((column) => column.isKey) : columns
}

function recordOf(values: Rendered, columns: Column[], isTooLarge: boolean): string {
  const pairs = columns.flatMap(({ name }) => {
    const json = values.get(name)
    if (json === undefined) return []
    if (isTooLarge && (json === 'null' || Buffer.byteLength(json) > longestKeptValue)) return []
    return [`${JSON.stringify(name)}:${json}`]
  })
  return `{${pairs.join(',')}}`
}
