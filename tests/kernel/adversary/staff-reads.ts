import type { Sql } from 'postgres'
import { z } from 'zod'
import { CodeChoices } from '@/lib/domain/codes/choice'
import { CountRead } from '@/lib/domain/counts/count'
import { DeliveryRead } from '@/lib/domain/deliveries/delivery'
import { HoldDesk, UnpaidOrders } from '@/lib/domain/holds/hold-desk'
import { ImportPreview } from '@/lib/domain/imports/preview'
import { Alert } from '@/lib/domain/insight/alert'
import { Dashboard, edgesOf, ranges } from '@/lib/domain/insight/dashboard'
import { TrailLine } from '@/lib/domain/insight/trail'
import { Outbox } from '@/lib/domain/mail/mail'
import { Order } from '@/lib/domain/orders/order'
import {
  AwaitingInspection,
  DeskEvent,
  orderStages,
  PickLine,
  QueueEntry,
} from '@/lib/domain/orders/order-desk'
import { ProductSheet } from '@/lib/domain/products/editing/sheet'
import { ProductEntry } from '@/lib/domain/products/product-list'
import { Explanation, quantities } from '@/lib/domain/stock/explanation'
import { InventoryEntry } from '@/lib/domain/stock/inventory'
import { StockMovement } from '@/lib/domain/stock/stock'
import { actAs, type Caller, type Tx } from '@/tests/support/database'

const MOST = 40

/** A read of the staff pages: how its rows are asked for, and the shape in which the page takes them. */
type Read = { name: string; shape?: z.ZodType; rows: (tx: Tx) => Promise<unknown[]> }

const answers = async (query: PromiseLike<readonly { [name: string]: unknown }[]>) =>
  (await query).map(({ row }) => row)

const ids = async (tx: Tx, table: string) =>
  (await tx`select id from ${tx(table)} order by ctid desc limit ${MOST}`).map(({ id }) => id as string)

/** Asks once for each of so many rows of a table, the newest first. */
const each = (
  table: string,
  name: string,
  shape: z.ZodType | undefined,
  ask: (tx: Tx, id: string) => PromiseLike<readonly { [name: string]: unknown }[]>,
): Read => ({
  name,
  ...(shape && { shape }),
  rows: async (tx) => {
    const rows: unknown[] = []
    for (const id of await ids(tx, table)) rows.push(...(await answers(ask(tx, id))))
    return rows
  },
})

const all = (
  name: string,
  shape: z.ZodType | undefined,
  ask: (tx: Tx) => PromiseLike<readonly { [name: string]: unknown }[]>,
): Read => ({
  name,
  ...(shape && { shape }),
  rows: (tx) => answers(ask(tx)),
})

/** Everything that staff pages read, as they read it. */
export const staffReads: Read[] = [
  ...[null, ...orderStages].map((stage) =>
    all(
      'search_orders',
      QueueEntry,
      (tx) => tx`select to_jsonb(t) as row from public.search_orders(stage => ${stage}, size => 200) as t`,
    ),
  ),
  all(
    'count_open_orders',
    undefined,
    (tx) => tx`select to_jsonb(t) as row from public.count_open_orders() as t`,
  ),
  each('orders', 'read_order', Order, (tx, id) => tx`select public.read_order(${id}) as row`),
  all('pick_lines', PickLine, (tx) => tx`select to_jsonb(t) as row from public.pick_lines as t limit 300`),
  all(
    'order_events',
    DeskEvent,
    (tx) => tx`select to_jsonb(t) as row from public.order_events as t order by id desc limit 300`,
  ),
  all(
    'order_returns',
    AwaitingInspection,
    (tx) => tx`select to_jsonb(t) as row from public.order_returns as t where outcome = 'inspect' limit 100`,
  ),
  all(
    'search_inventory',
    InventoryEntry,
    (tx) => tx`select to_jsonb(t) as row from public.search_inventory(size => 200) as t`,
  ),
  all(
    'find_by_codes',
    z.object({ code: z.string(), choices: CodeChoices }),
    (tx) => tx`select to_jsonb(t) as row
      from public.find_by_codes(array(select sku from public.variants order by ctid desc limit ${MOST})) as t`,
  ),
  all('count_bands', undefined, (tx) => tx`select to_jsonb(t) as row from public.count_bands() as t`),
  all(
    'search_products',
    ProductEntry,
    (tx) => tx`select to_jsonb(t) as row from public.search_products(size => 200) as t`,
  ),
  each('products', 'read_product', ProductSheet, (tx, id) => tx`select public.read_product(${id}) as row`),
  each('counts', 'read_count', CountRead, (tx, id) => tx`select public.read_count(${id}) as row`),
  each(
    'deliveries',
    'read_delivery',
    DeliveryRead,
    (tx, id) => tx`select public.read_delivery(${id}) as row`,
  ),
  {
    name: 'preview_import',
    shape: ImportPreview,
    rows: async (tx) => {
      const open =
        await tx`select id from public.imports where applied_at is null and discarded_at is null order by ctid desc limit 10`
      const rows: unknown[] = []
      for (const { id } of open) rows.push(...(await answers(tx`select public.preview_import(${id}) as row`)))
      return rows
    },
  },
  all(
    'read_trail',
    TrailLine,
    (tx) => tx`select to_jsonb(t) as row from public.read_trail(size => 200) as t`,
  ),
  ...ranges.map(
    (range): Read => ({
      name: 'read_dashboard',
      shape: Dashboard,
      rows: async (tx) => {
        const now = Date.now()
        const edges = edgesOf(range, now).map((edge) => new Date(edge).toISOString())
        const rows = await answers(
          tx`select public.read_dashboard(${edges}::timestamptz[], ${new Date(now).toISOString()}) as row`,
        )
        return rows.map((row) => ({ range, ...Object(row) }))
      },
    }),
  ),
  {
    name: 'explain_quantity',
    shape: Explanation,
    rows: async (tx) => {
      const levels =
        await tx`select variant_id, location_id from public.stock_levels order by ctid desc limit 6`
      const rows: unknown[] = []
      for (const level of levels)
        for (const quantity of quantities)
          rows.push(
            ...(await answers(
              tx`select public.explain_quantity(${level.variant_id}, ${level.location_id}, ${quantity}) as row`,
            )),
          )
      return rows
    },
  },
  all(
    'alerts',
    Alert,
    (tx) => tx`select to_jsonb(t) as row from public.alerts as t order by id desc limit 200`,
  ),
  all(
    'stock_movements',
    StockMovement,
    (tx) => tx`select to_jsonb(t) as row from public.stock_movements as t order by id desc limit 200`,
  ),
  all('read_mail', Outbox, (tx) => tx`select public.read_mail() as row`),
  all('read_holds', HoldDesk, (tx) => tx`select public.read_holds() as row`),
  all(
    'count_unpaid_orders',
    UnpaidOrders,
    (tx) => tx`select public.count_unpaid_orders(since => '2020-01-01') as row`,
  ),
  all(
    'unresolved_payments',
    undefined,
    (tx) => tx`select to_jsonb(t) as row from public.unresolved_payments() as t`,
  ),
]

/** The reads that failed for staff, or whose result their pages could not parse. */
export async function unreadable(sql: Sql, manager: Caller): Promise<string[]> {
  const faults: string[] = []
  for (const { name, shape, rows } of staffReads) {
    const begun = performance.now()
    try {
      const read = await sql.begin(async (tx) => {
        await actAs(tx, manager)
        return rows(tx)
      })
      for (const row of read) {
        const parsed = shape?.safeParse(row)
        if (parsed && !parsed.success)
          faults.push(
            `${name}: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message} in ${JSON.stringify(row).slice(0, 300)}`,
          )
      }
    } catch (error) {
      faults.push(`${name}: ${error}`)
    }
    const took = performance.now() - begun
    if (took > 8000) faults.push(`${name} took ${Math.round(took)} ms`)
  }
  return faults
}
