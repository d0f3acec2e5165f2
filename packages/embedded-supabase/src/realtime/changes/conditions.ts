import pg from 'pg'
import type { Column, Table } from '#realtime/wal/catalog'
import type { Tuple } from '#realtime/wal/wal-text'
import type { CheckedCondition } from './entry-check'

/** Whether a row satisfies a condition; SQL's unknown counts as no. */
export type Test = (tuple: Tuple) => boolean

/** Answers from the text of the row where text decides; undefined where Postgres must be asked. */
export function textTest(condition: CheckedCondition, column: Column): Test | undefined {
  const values = condition.canonical.get(column.type)
  if (!values) return undefined
  const { operator, isNegated } = condition
  if (operator !== 'eq' && operator !== 'neq' && operator !== 'in') return undefined
  const wanted = (operator === 'neq') === isNegated
  return (tuple) => {
    const text = tuple.get(condition.column)
    return typeof text === 'string' && values.has(text) === wanted
  }
}

const signs: Partial<Record<CheckedCondition['operator'], string>> = {
  eq: '=',
  neq: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  like: '~~',
  ilike: '~~*',
  match: '~',
  imatch: '~*',
  isdistinct: 'is distinct from',
}

/** The condition as SQL over `value`, an expression of the column's type. */
export function conditionSql(condition: CheckedCondition, column: Column, value: string): string {
  const test = testSql(condition, column, value)
  return `coalesce(${condition.isNegated ? `not (${test})` : test}, false)`
}

function testSql({ operator, value: operand }: CheckedCondition, column: Column, value: string): string {
  const literal = pg.escapeLiteral(operand)
  if (operator === 'is') return `${value} is ${isWord(operand)}`
  if (operator === 'in') return `${value} = any (${literal}::${column.cast}[])`
  const isPattern = operator.endsWith('like') || operator.endsWith('match')
  return `${value} ${signs[operator]} ${literal}::${isPattern && column.cast !== 'bytea' ? 'text' : column.cast}`
}

function isWord(operand: string): string {
  return ['true', 'false', 'unknown'].includes(operand) ? operand : 'null'
}

/** Same key, same outcome on every row. */
export function conditionKey({ column, operator, value, isNegated }: CheckedCondition): string {
  return JSON.stringify([column, operator, value, isNegated])
}

export function columnNamed(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name)
}
