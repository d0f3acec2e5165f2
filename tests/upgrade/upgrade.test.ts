import { afterAll, expect, inject, test } from 'vitest'
import { connect } from '@/tests/support/database'
import { comparable } from './support/rows'

/** Tables and columns that a migration since the last release removed or rewrote on purpose, each with its reason. */
const CHANGED_ON_PURPOSE: string[] = []

const sql = connect(1)
afterAll(() => sql.end())
const before = inject('rowsOfRelease')
const after = inject('rowsAfterUpgrade')
const isExpected = (name: string) => CHANGED_ON_PURPOSE.includes(name)

test('the released shop has rows of everything that an upgrade must keep', () => {
  const empty = [
    'stock_movements',
    'stock_levels',
    'availability',
    'shelf',
    'claims',
    'carts',
    'cart_lines',
    'orders',
    'order_items',
    'order_events',
    'order_returns',
    'payments',
    'counts',
    'count_entries',
    'deliveries',
    'delivery_lines',
    'in_transit',
    'staff',
    'audit_trail',
  ].filter((name) => (before[name] ?? []).length === 0)
  expect(empty).toEqual([])
})

test('an upgrade keeps every column of every table', () => {
  const lost = Object.entries(before).flatMap(([table, rows]) => {
    const kept = Object.keys(after[table]?.[0] ?? {})
    return Object.keys(rows[0] ?? {})
      .filter((column) => !kept.includes(column))
      .map((column) => `${table}.${column}`)
  })
  expect(lost.filter((name) => !isExpected(name))).toEqual([])
})

test.for(Object.keys(before).filter((table) => !isExpected(table)))(
  'an upgrade keeps every row of %s',
  (table) => {
    const rows = before[table] ?? []
    const columns = Object.keys(rows[0] ?? {}).filter((column) => !isExpected(`${table}.${column}`))

    expect(comparable(after[table] ?? [], columns)).toEqual(comparable(rows, columns))
  },
)

test('after an upgrade every sum is what its ledger adds up to', async () => {
  expect([...(await sql`select * from public.verify_inventory()`)]).toEqual([])
})
