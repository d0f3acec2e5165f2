import type { Table } from './catalog'
import type { Rendered } from './rendering'
import type { Tuple } from './wal-text'

const asString = (text: string): string => JSON.stringify(text)
/** A value written under a type the column no longer has is for Postgres to judge. */
const ifLike =
  (form: RegExp) =>
  (text: string): string | undefined =>
    form.test(text) ? text : undefined
const integer = ifLike(/^-?\d+$/)

/** Types whose JSON follows from their text alone. Undefined where only Postgres knows. */
const plain: Record<string, (text: string) => string | undefined> = {
  int2: integer,
  int4: integer,
  int8: integer,
  numeric: ifLike(/^-?\d+(?:\.\d+)?$/),
  bool: ifLike(/^(?:true|false)$/),
  text: asString,
  varchar: asString,
  name: asString,
  uuid: asString,
  date: asString,
  timestamp: (text) => isoTime(text, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/, ''),
  timestamptz: (text) => isoTime(text, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00$/, ':00'),
}

/** The values of a tuple as JSON, without asking Postgres; null when one of them needs it. */
export function renderPlainly(table: Table, tuple: Tuple): Rendered | null {
  const values: Rendered = new Map()
  for (const column of table.columns) {
    const text = tuple.get(column.name)
    if (text === undefined) continue
    const json = text === null ? 'null' : plain[column.type]?.(text)
    if (json === undefined) return null
    values.set(column.name, json)
  }
  return values
}

function isoTime(text: string, form: RegExp, zoneTail: string): string | undefined {
  return form.test(text) ? JSON.stringify(text.replace(' ', 'T') + zoneTail) : undefined
}
