import { type Database, isDatabaseError } from '#realtime/database'
import { type Column, findPublished, type Table } from '#realtime/wal/catalog'
import { type ChangeEntry, describeEntry } from './change-entry'
import { type Condition, ParameterError } from './filter'

/** A condition whose values are written as Postgres writes them, per type of column it is held against. */
export type CheckedCondition = Condition & { canonical: Map<string, Set<string>> }

/** Types whose values are equal exactly when their text is. */
const textualTypes = new Set(['int2', 'int4', 'int8', 'uuid', 'bool', 'text', 'varchar', 'name', 'date'])

const mostInValues = 100
const patternSigns: Partial<Record<Condition['operator'], string>> = {
  like: '~~',
  ilike: '~~*',
  match: '~',
  imatch: '~*',
}

/**
 * Holds an entry against the database as the server does when it subscribes. Throws ParameterError with the server's
 * words; any other error means that the database could not be asked.
 */
export async function checkEntry(
  database: Database,
  entry: ChangeEntry,
  role: string,
): Promise<CheckedCondition[]> {
  const tables = await findPublished(database, entry.schema, entry.table, [role])
  if (tables.length === 0) {
    throw new ParameterError(
      `Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given connect parameters: ${describeEntry(entry)}`,
    )
  }
  const checked = entry.conditions.map((condition) => ({
    ...condition,
    canonical: new Map<string, Set<string>>(),
  }))
  try {
    // Only a role that can read nothing at all may be one that does not exist.
    if (!canRead(tables, role)) await database.query('select $1::regrole', [quoteIdentifier(role)])
    for (const table of tables) {
      for (const condition of checked) await checkCondition(database, table, condition, role)
      for (const name of entry.select ?? []) readableColumn(table, name, role, 'select')
    }
  } catch (error) {
    if (error instanceof Refusal) throw exception(entry, 'P0001 (raise_exception)', error.message)
    if (isDatabaseError(error))
      throw exception(entry, `${error.code} (${conditionName(error.code)})`, error.message)
    throw error
  }
  return checked
}

async function checkCondition(
  database: Database,
  table: Table,
  condition: CheckedCondition,
  role: string,
): Promise<void> {
  const column = readableColumn(table, condition.column, role, 'filter')
  const { operator, value } = condition
  const sign = patternSigns[operator]
  if (sign) return checkPattern(database, operator, sign, column, value)
  if (operator === 'is') return checkIs(column, value)
  if (operator === 'in') return checkList(database, condition, column)
  const { rows } = await database.query<{ text: string }>(`select ($1::${column.cast})::text as text`, [
    value,
  ])
  remember(
    condition,
    column,
    rows.map((row) => row.text),
  )
}

async function checkList(database: Database, condition: CheckedCondition, column: Column): Promise<void> {
  const { rows } = await database.query<{ text: string | null }>(
    `select v::text as text from unnest($1::${column.cast}[]) v`,
    [condition.value],
  )
  if (rows.length > mostInValues)
    throw new Refusal(`too many values for \`in\` filter. Maximum ${mostInValues}`)
  remember(
    condition,
    column,
    rows.flatMap((row) => row.text ?? []),
  )
}

function remember(condition: CheckedCondition, column: Column, texts: string[]): void {
  if (textualTypes.has(column.type)) condition.canonical.set(column.type, new Set(texts))
}

async function checkPattern(
  database: Database,
  operator: string,
  sign: string,
  column: Column,
  value: string,
): Promise<void> {
  const isRegularExpression = !sign.startsWith('~~')
  const { rows } = await database.query(
    'select from pg_catalog.pg_operator where oprname = $2 and oprleft = $1::regtype',
    [column.cast, sign],
  )
  const isOwned = isRegularExpression ? column.type === 'text' : rows.length > 0
  if (!isOwned)
    throw new Refusal(`operator ${operator} requires a text-compatible column type, got ${column.cast}`)
  if (isRegularExpression) await compile(database, operator, value)
}

async function compile(database: Database, operator: string, pattern: string): Promise<void> {
  try {
    await database.query("select '' ~ $1::text", [pattern])
  } catch (error) {
    if (!isDatabaseError(error)) throw error
    throw new Refusal(`invalid regular expression for ${operator} filter: ${error.message}`)
  }
}

function checkIs(column: Column, value: string): void {
  if (value === 'null') return
  if (!['true', 'false', 'unknown'].includes(value)) {
    throw new Refusal('invalid value for is filter: must be null, true, false, or unknown')
  }
  if (column.type !== 'bool')
    throw new Refusal(`is ${value} filter requires a boolean column, got ${column.cast}`)
}

function readableColumn(table: Table, name: string, role: string, use: 'filter' | 'select'): Column {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (!column?.readers.includes(role)) throw new Refusal(`invalid column for ${use} ${name}`)
  return column
}

function canRead(tables: readonly Table[], role: string): boolean {
  return tables.some(({ columns }) => columns.some(({ readers }) => readers.includes(role)))
}

class Refusal extends Error {}

function exception(entry: ChangeEntry, code: string, message: string): ParameterError {
  return new ParameterError(
    `Unable to subscribe to changes with given parameters. An exception happened so please check your connect parameters: ${describeEntry(entry)}. Exception: ERROR ${code} ${message}`,
  )
}

function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

const conditionNames: Record<string, string> = {
  '22P02': 'invalid_text_representation',
  '22003': 'numeric_value_out_of_range',
  '22007': 'invalid_datetime_format',
  '22008': 'datetime_field_overflow',
  '22021': 'character_not_in_repertoire',
  '22P03': 'invalid_binary_representation',
  '22023': 'invalid_parameter_value',
  '2201B': 'invalid_regular_expression',
  '23514': 'check_violation',
  '42501': 'insufficient_privilege',
  '42704': 'undefined_object',
  '42804': 'datatype_mismatch',
  '42883': 'undefined_function',
  P0001: 'raise_exception',
}

function conditionName(code: string): string {
  return conditionNames[code] ?? 'error'
}
