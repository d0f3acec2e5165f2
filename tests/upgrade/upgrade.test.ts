import { afterAll, expect, inject, test } from 'vitest'
import { trailSubjects } from '@/lib/domain/insight/trail'
import { connect } from '@/tests/support/database'
import { comparable } from './support/rows'

/** Tables and columns that a migration since the last release removed or rewrote on purpose, each with its reason. */
const CHANGED_ON_PURPOSE: string[] = []

/** Columns that a migration since the last release renamed, with the new name. */
const RENAMED: Record<string, string> = {}

/** Tables of rules to which a migration since the last release added rows. Those before it stay as they were. */
const ADDED_TO: string[] = ['private.payment_providers', 'private.rates', 'private.retention_rules']

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

test('each exception above is one: the last release had it, and the upgrade changes it', () => {
  const names = Object.entries(before).flatMap(([table, rows]) => {
    const differs = (column: string) =>
      `${comparable(rows, [column])}` !== `${comparable(after[table] ?? [], [column])}`
    const columns = Object.keys(rows[0] ?? {}).filter(differs)
    return [...(columns.length > 0 ? [table] : []), ...columns.map((column) => `${table}.${column}`)]
  })
  const stale = [...CHANGED_ON_PURPOSE, ...Object.keys(RENAMED), ...ADDED_TO].filter(
    (name) => !names.includes(name),
  )
  expect(stale, 'A release empties these lists').toEqual([])
})

test('an upgrade keeps every column of every table', () => {
  const lost = Object.entries(before).flatMap(([table, rows]) => {
    const kept = Object.keys(after[table]?.[0] ?? {})
    return Object.keys(rows[0] ?? {})
      .filter((column) => !kept.includes(RENAMED[`${table}.${column}`] ?? column))
      .map((column) => `${table}.${column}`)
  })
  expect(lost.filter((name) => !isExpected(name))).toEqual([])
})

test.for(Object.keys(before).filter((table) => !isExpected(table)))(
  'an upgrade keeps every row of %s',
  (table) => {
    const rows = before[table] ?? []
    const columns = Object.keys(rows[0] ?? {}).filter((column) => !isExpected(`${table}.${column}`))

    const upgraded = (after[table] ?? []).map((row) =>
      Object.fromEntries(columns.map((column) => [column, row[RENAMED[`${table}.${column}`] ?? column]])),
    )

    const kept = comparable(rows, columns)
    expect(comparable(upgraded, columns)).toEqual(
      ADDED_TO.includes(table) ? expect.arrayContaining(kept) : kept,
    )
  },
)

test('an upgrade calls staff members in the trail as their new lines are called', () => {
  const subjects = (rows: (typeof before)[string] = []) => rows.map(({ subject }) => subject).toSorted()
  const isKnown = (subject: unknown) => trailSubjects.some((known) => known === subject)
  const renamed = subjects(before.audit_trail).map((subject) => (isKnown(subject) ? subject : 'staff_member'))
  expect(renamed).toContain('staff_member')
  expect(subjects(after.audit_trail)).toEqual(renamed.toSorted())
})

test('an upgrade gives each movement its source, and a reference that staff typed is none', async () => {
  const movements = await sql`
    select movement.reason::text, movement.source_kind::text, count(*)::int as lines,
      count(*) filter (where movement.document = coalesce(
        (select 'order ' || orders.number from public.orders where orders.id = movement.source_id),
        (select imports.document from public.imports where imports.id = movement.source_id),
        (select 'count ' || counts.number || case when movement.delta < 0 then ' reversed' else '' end
          from public.counts where counts.id = movement.source_id),
        (select private.delivery_label(delivery) from public.deliveries as delivery
          where delivery.id = movement.source_id)))::int as named
    from public.stock_movements as movement group by 1, 2 order by 1, 2`

  expect([...movements]).toEqual([
    { reason: 'correction', source_kind: 'import', lines: 1, named: 1 },
    { reason: 'damage', source_kind: 'adjustment', lines: 1, named: 0 },
    { reason: 'receive', source_kind: 'adjustment', lines: 5, named: 0 },
    { reason: 'receive', source_kind: 'delivery', lines: 1, named: 1 },
    { reason: 'recount', source_kind: 'count', lines: 2, named: 2 },
    { reason: 'return', source_kind: 'adjustment', lines: 1, named: 0 },
    { reason: 'return', source_kind: 'order', lines: 1, named: 1 },
    { reason: 'sale', source_kind: 'order', lines: 2, named: 2 },
    { reason: 'transfer', source_kind: 'transfer', lines: 1, named: 1 },
  ])
})

test('after an upgrade every sum is what its ledger adds up to', async () => {
  expect([...(await sql`select * from public.verify_inventory()`)]).toEqual([])
})
