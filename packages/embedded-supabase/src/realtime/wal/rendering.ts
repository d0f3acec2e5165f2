import { columnNamed, conditionKey, conditionSql } from '#realtime/changes/conditions'
import type { CheckedCondition } from '#realtime/changes/entry-check'
import { type Database, isDatabaseError } from '#realtime/database'
import type { Column, Table } from './catalog'
import { renderPlainly } from './plain-values'
import type { Tuple } from './wal-text'

/** A row as clients see it: JSON text per column. */
export type Rendered = Map<string, string>

/** What Postgres makes of one tuple: its values as JSON, and which conditions hold. */
export type Rendering = { values: Rendered; holds: Set<string> }

const floatTypes = new Set(['float4', 'float8', 'numeric'])
const notNumbers = new Set(['NaN', 'Infinity', '-Infinity'])

/**
 * Renders these tuples and tests the conditions on them. Where text does not tell all, Postgres casts the values to
 * their columns' types, for all tuples in one statement.
 */
export async function render(
  database: Database,
  table: Table,
  tuples: readonly Tuple[],
  conditions: readonly CheckedCondition[],
): Promise<Rendering[]> {
  if (conditions.length === 0) {
    const plain = tuples.map((tuple) => renderPlainly(table, tuple))
    if (!plain.includes(null))
      return plain.map((values) => ({ values: values ?? new Map(), holds: new Set() }))
  }
  const tests = conditions.flatMap((condition) => testOf(table, condition))
  const text = `select ${[...table.columns.map(valueSql), ...tests.map((test) => test.sql)].join(', ') || 'null'}
    from json_array_elements($1::json) with ordinality as line(v, n) order by n`
  const lines = tuples.map((tuple) => table.columns.map((column) => readable(tuple.get(column.name), column)))
  try {
    const { rows } = await database.query<(string | boolean | null)[]>({
      text,
      values: [JSON.stringify(lines)],
      rowMode: 'array',
    })
    return rows.map((row, index) => rendering(table, tuples[index] ?? new Map(), row, tests))
  } catch (error) {
    if (!isDatabaseError(error)) throw error
    return renderApart(database, table, tuples, conditions)
  }
}

/** A value or a condition that Postgres refuses must not take the others with it. */
async function renderApart(
  database: Database,
  table: Table,
  tuples: readonly Tuple[],
  conditions: readonly CheckedCondition[],
): Promise<Rendering[]> {
  const [first, ...others] = tuples
  if (!first) return []
  if (others.length > 0) {
    const half = tuples.length >> 1
    const left = await render(database, table, tuples.slice(0, half), conditions)
    return [...left, ...(await render(database, table, tuples.slice(half), conditions))]
  }
  if (conditions.length > 0) {
    const [bare] = await render(database, table, [first], [])
    const holds = new Set<string>()
    for (const condition of conditions) {
      if (await holdsAlone(database, table, first, condition)) holds.add(conditionKey(condition))
    }
    return [{ values: bare?.values ?? new Map(), holds }]
  }
  const values: Rendered = new Map()
  for (const [name, value] of first) {
    const column = columnNamed(table, name)
    if (column) values.set(name, await renderValue(database, column, value))
  }
  return [{ values, holds: new Set() }]
}

async function holdsAlone(
  database: Database,
  table: Table,
  tuple: Tuple,
  condition: CheckedCondition,
): Promise<boolean> {
  const column = columnNamed(table, condition.column)
  if (!column) return false
  const sql = conditionSql(condition, column, `($1::text)::${column.cast}`)
  try {
    const { rows } = await database.query<{ holds: boolean }>(`select ${sql} as holds`, [
      tuple.get(column.name) ?? null,
    ])
    return rows[0]?.holds ?? false
  } catch (error) {
    if (!isDatabaseError(error)) throw error
    return false
  }
}

async function renderValue(database: Database, column: Column, value: string | null): Promise<string> {
  if (value === null) return 'null'
  try {
    const { rows } = await database.query<{ json: string }>(
      `select to_jsonb(($1::text)::${column.cast})::text as json`,
      [value],
    )
    return rows[0]?.json ?? 'null'
  } catch (error) {
    if (!isDatabaseError(error)) throw error
    return JSON.stringify(value)
  }
}

function rendering(
  table: Table,
  tuple: Tuple,
  row: (string | boolean | null)[],
  tests: readonly { key: string }[],
): Rendering {
  const values: Rendered = new Map()
  table.columns.forEach(({ name }, index) => {
    const json = row[index]
    if (tuple.has(name)) values.set(name, typeof json === 'string' ? json : 'null')
  })
  const holds = new Set<string>()
  tests.forEach(({ key }, index) => {
    if (row[table.columns.length + index] === true) holds.add(key)
  })
  return { values, holds }
}

function testOf(table: Table, condition: CheckedCondition): { key: string; sql: string }[] {
  const index = table.columns.findIndex((column) => column.name === condition.column)
  const column = table.columns[index]
  return column
    ? [{ key: conditionKey(condition), sql: conditionSql(condition, column, castSql(column, index)) }]
    : []
}

function castSql(column: Column, index: number): string {
  return `(v ->> ${index})::${column.cast}`
}

function valueSql(column: Column, index: number): string {
  const value = castSql(column, index)
  return column.baseType === 'bytea' ? `to_jsonb(encode(${value}, 'hex'))::text` : `to_jsonb(${value})::text`
}

/** JSON has no NaN: the server sends null. */
function readable(text: string | null | undefined, column: Column): string | null {
  if (text === undefined || text === null) return null
  return floatTypes.has(column.baseType) && notNumbers.has(text) ? null : text
}
