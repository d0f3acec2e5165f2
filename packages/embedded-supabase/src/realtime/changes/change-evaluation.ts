import type { Database } from '#realtime/database'
import { describeTables, type Table } from '#realtime/wal/catalog'
import { type Rendering, render } from '#realtime/wal/rendering'
import type { RowChange, Tuple } from '#realtime/wal/wal-text'
import { changeData, errorData, type RenderedChange } from './change-payload'
import { columnNamed, conditionKey, textTest } from './conditions'
import type { CheckedCondition } from './entry-check'
import type { Cohort, Subscriptions } from './subscriptions'
import { findVisible, readerKey } from './visibility'

/** A change of a committed transaction; `at` is its commit time, UTC. */
export type CommittedChange = { change: RowChange; at: string; transaction: number }

/** A change and the cohorts that shall know of it, each with what it is told. */
export type Delivery = { cohort: Cohort; viewKey: string; data: string }[]

/**
 * Decides who learns what of these changes, by the catalog, the privileges and the policies of this moment. One
 * delivery per change, in order.
 */
export async function evaluate(
  database: Database,
  subscriptions: Subscriptions,
  changes: readonly CommittedChange[],
  changeBytes: number,
): Promise<Delivery[]> {
  const byTable = Map.groupBy(changes, ({ change }) => JSON.stringify([change.schema, change.table]))
  const cohorts = new Map([...byTable.keys()].map((key) => [key, cohortsFor(subscriptions, key)]))
  const roles = [...new Set([...cohorts.values()].flat().map((cohort) => cohort.role))]
  const transactions = [...new Set(changes.map(({ transaction }) => transaction))]
  const tables = await describeTables(database, [...byTable.keys()].map(parseName), roles, transactions)
  const deliveries = new Map<CommittedChange, Delivery>()
  await Promise.all(
    tables.map(async (table) => {
      const key = JSON.stringify([table.schema, table.table])
      const own = (byTable.get(key) ?? []).filter(({ change }) => table.publishes?.[change.kind])
      const decided = await evaluateTable(database, table, own, cohorts.get(key) ?? [], changeBytes)
      for (const [change, delivery] of decided) deliveries.set(change, delivery)
    }),
  )
  return changes.map((change) => deliveries.get(change) ?? [])
}

function cohortsFor(subscriptions: Subscriptions, key: string): readonly Cohort[] {
  return subscriptions.covering(...parseName(key))
}

function parseName(key: string): [string, string] {
  const [schema = '', table = '']: string[] = JSON.parse(key)
  return [schema, table]
}

async function evaluateTable(
  database: Database,
  table: Table,
  changes: readonly CommittedChange[],
  cohorts: readonly Cohort[],
  changeBytes: number,
): Promise<Map<CommittedChange, Delivery>> {
  if (changes.length === 0 || cohorts.length === 0) return new Map()
  const tuples = changes.map(({ change }) => whole(change, table))
  const [renderings, visible] = await Promise.all([
    render(
      database,
      table,
      tuples.flatMap(({ row, old }) => [row, old]),
      conditionsForPostgres(table, cohorts),
    ),
    rowsSeen(
      database,
      table,
      tuples.map(({ row }) => row),
      changes,
      cohorts,
    ),
  ])
  return new Map(
    changes.map((committed, index) => {
      const { change, at } = committed
      const row = renderings[2 * index] ?? blank
      const old = renderings[2 * index + 1] ?? blank
      const isTooLarge = change.bytes > changeBytes
      const rendered = { change, at, row: row.values, old: old.values, isTooLarge }
      const about = change.kind === 'DELETE' ? old : row
      const tuple = change.kind === 'DELETE' ? tuples[index]?.old : tuples[index]?.row
      const facts = { rendered, holds: about.holds, tuple: tuple ?? new Map(), index }
      return [committed, cohorts.flatMap((cohort) => decide(table, cohort, facts, visible))]
    }),
  )
}

type Facts = { rendered: RenderedChange; holds: Set<string>; tuple: Tuple; index: number }

function decide(
  table: Table,
  cohort: Cohort,
  facts: Facts,
  visible: Map<string, Set<number>> | null,
): Delivery {
  const { change } = facts.rendered
  if (cohort.event !== '*' && cohort.event !== change.kind) return []
  if (change.kind !== 'DELETE') {
    const keys = table.columns.filter((column) => column.isKey)
    if (keys.length === 0) return [failure(cohort, change, 'Error 400: Bad Request, no primary key')]
    const mayReadKeys = keys.every((key) => key.readers.includes(cohort.role))
    if (!mayReadKeys) return [failure(cohort, change, 'Error 401: Unauthorized')]
  }
  if (!cohort.conditions.every((condition) => holds(table, condition, facts))) return []
  if (visible && change.kind !== 'DELETE' && !visible.get(readerKey(cohort))?.has(facts.index)) return []
  const view = { role: cohort.role, select: cohort.select }
  return [{ cohort, viewKey: JSON.stringify(view), data: changeData(facts.rendered, table, view) }]
}

function failure(cohort: Cohort, change: RowChange, error: string): Delivery[number] {
  return { cohort, viewKey: error, data: errorData(change, error) }
}

function holds(table: Table, condition: CheckedCondition, { holds, tuple }: Facts): boolean {
  if (!tuple.has(condition.column)) return false
  const column = columnNamed(table, condition.column)
  const test = column && textTest(condition, column)
  return test ? test(tuple) : holds.has(conditionKey(condition))
}

function conditionsForPostgres(table: Table, cohorts: readonly Cohort[]): CheckedCondition[] {
  const distinct = new Map<string, CheckedCondition>()
  for (const condition of cohorts.flatMap((cohort) => cohort.conditions)) {
    const column = columnNamed(table, condition.column)
    if (column && !textTest(condition, column)) distinct.set(conditionKey(condition), condition)
  }
  return [...distinct.values()]
}

async function rowsSeen(
  database: Database,
  table: Table,
  rows: readonly Tuple[],
  changes: readonly CommittedChange[],
  cohorts: readonly Cohort[],
): Promise<Map<string, Set<number>> | null> {
  const isAsked = changes.some(({ change }) => change.kind !== 'DELETE')
  if (!table.isRowSecured || !table.columns.some((column) => column.isKey)) return null
  if (!isAsked) return new Map()
  const readers = new Map(
    cohorts.map((cohort) => [readerKey(cohort), { role: cohort.role, claims: cohort.claims }]),
  )
  return findVisible(database, table, rows, [...readers.values()])
}

const blank: Rendering = { values: new Map(), holds: new Set() }

/** The tuples of a change as clients shall see them: what the WAL leaves out of one is taken from the other. */
function whole(change: RowChange, table: Table): { row: Tuple; old: Tuple } {
  const row: Tuple = new Map(change.row)
  const old: Tuple = new Map(change.old)
  if (change.kind === 'INSERT') return { row, old }
  for (const { name, isIdentity } of table.columns) {
    if (!isIdentity || old.has(name)) continue
    // The WAL leaves NULLs out of a full old row, and the whole old row out when its key is unchanged.
    if (change.old && table.identity === 'full') old.set(name, null)
    else if (!change.old && row.has(name)) old.set(name, row.get(name) ?? null)
  }
  if (change.kind === 'DELETE') return { row, old }
  // A long value that did not change is written only in a full old row.
  for (const [name, value] of change.old ?? []) if (!row.has(name)) row.set(name, value)
  return { row, old }
}
