import { inspect, inspectTuples, inspectWords } from '#realtime/protocol/elixir'
import { isObject } from '#realtime/protocol/wire'
import { type Condition, ParameterError, parseFilter } from './filter'

export type ChangeEvent = 'INSERT' | 'UPDATE' | 'DELETE' | '*'

/** One postgres_changes entry of a join, read. `schema` and `table` are LIKE patterns, as the server takes them. */
export type ChangeEntry = {
  event: ChangeEvent
  schema: string
  table: string
  conditions: Condition[]
  /** Column names; null for all. */
  select: string[] | null
}

const events = ['INSERT', 'UPDATE', 'DELETE'] as const

/** Reads an entry as a client sent it. Throws ParameterError with the server's words. */
export function parseEntry(entry: unknown): ChangeEntry {
  const params = isObject(entry) ? entry : {}
  const target = targetOf(params)
  const event = typeof params.event === 'string' ? params.event.toUpperCase() : '*'
  return {
    event: events.find((known) => known === event) ?? '*',
    schema: target.schema,
    table: target.table,
    conditions: parseFilter(target.filter),
    select: parseSelect(params, target.isExplicit),
  }
}

/** The entry as error texts quote it. */
export function describeEntry({ event, schema, table, conditions, select }: ChangeEntry): string {
  const filters = inspectTuples(
    conditions.map((test) => [test.column, test.operator, test.value, test.isNegated]),
  )
  return `[event: ${event}, schema: ${schema}, table: ${table}, filters: ${filters}, select: ${select ? inspectWords(select) : 'nil'}]`
}

function targetOf(params: Record<string, unknown>) {
  const { schema, table, filter } = params
  if (typeof schema === 'string' && typeof table === 'string') {
    if (typeof filter === 'string' || !('filter' in params)) {
      const isExplicit = schema !== '*' && table !== '*'
      return { schema, table, filter: typeof filter === 'string' ? filter : '', isExplicit }
    }
  } else if (!('filter' in params)) {
    if (typeof schema === 'string' && !('table' in params))
      return { schema, table: '*', filter: '', isExplicit: false }
    if (typeof table === 'string' && !('schema' in params)) {
      return { schema: 'public', table, filter: '', isExplicit: false }
    }
  }
  throw new ParameterError(
    `No subscription params provided. Please provide at least a \`schema\` or \`table\` to subscribe to: ${inspect(params)}`,
  )
}

function parseSelect({ select }: Record<string, unknown>, isExplicit: boolean): string[] | null {
  if (select === undefined || select === null) return null
  if (!Array.isArray(select)) {
    throw new ParameterError(
      'Error parsing `select` params: expected a list of column name strings, e.g. select: ["col1", "col2"]',
    )
  }
  const columns = select.filter((column): column is string => typeof column === 'string')
  if (columns.length === 0) return null
  if (isExplicit) return columns
  throw new ParameterError(
    'Column selection is not supported for wildcard subscriptions. Provide an explicit schema and table name.',
  )
}
