import type { Sql } from 'postgres'
import { z } from 'zod'
import { DeliveryZone } from '@/lib/domain/checkout/delivery-zone'
import { Discount, DiscountCount } from '@/lib/domain/checkout/discount'
import { CodeChoices } from '@/lib/domain/codes/choice'
import { conversationStatuses, DeskConversation, Inbox } from '@/lib/domain/conversations/conversation'
import { CountRead } from '@/lib/domain/counts/count'
import { DeliveryRead } from '@/lib/domain/deliveries/delivery'
import { Finding } from '@/lib/domain/finder/finding'
import { HoldDesk, UnpaidOrders } from '@/lib/domain/holds/hold-desk'
import { ImportPreview } from '@/lib/domain/imports/preview'
import { Alert } from '@/lib/domain/insight/alert'
import { Dashboard, edgesOf, ranges } from '@/lib/domain/insight/dashboard'
import { SalesLine } from '@/lib/domain/insight/sales-report'
import { TrailLine } from '@/lib/domain/insight/trail'
import { Outbox } from '@/lib/domain/mail/mail'
import { SaleQuote } from '@/lib/domain/orders/counter-sale'
import { Order } from '@/lib/domain/orders/order'
import {
  AwaitingInspection,
  DeskEvent,
  orderStages,
  PickLine,
  QueueEntry,
} from '@/lib/domain/orders/order-desk'
import { Customer, CustomerEntry } from '@/lib/domain/people/customer'
import { ProductSheet } from '@/lib/domain/products/editing/sheet'
import { ProductEntry } from '@/lib/domain/products/product-list'
import { ShopSettings } from '@/lib/domain/settings/shop'
import { Explanation, quantities } from '@/lib/domain/stock/explanation'
import { InventoryEntry } from '@/lib/domain/stock/inventory'
import { StockMovement } from '@/lib/domain/stock/stock'
import { Waitlist } from '@/lib/domain/waitlist/waitlist'
import { actAs, type Caller } from '@/tests/support/database'
import { all, answers, each, MOST, type Read } from './reading'

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
    'find_for_staff',
    Finding,
    (tx) => tx`select jsonb_array_elements(public.find_for_staff('a')) as row
      union all select jsonb_array_elements(public.find_for_staff('1')) union all
      select jsonb_array_elements(public.find_for_staff('er'))`,
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
  each(
    'variants',
    'quote_sale',
    SaleQuote,
    (tx, id) => tx`
      select public.quote_sale(place.id, ${tx.json([{ variant_id: id, quantity: 1 }])}) as row
      from (select id from public.locations where active order by position, id limit 1) as place`,
  ),
  all('count_bands', undefined, (tx) => tx`select to_jsonb(t) as row from public.count_bands() as t`),
  all(
    'search_products',
    ProductEntry,
    (tx) => tx`select to_jsonb(t) as row from public.search_products(size => 200) as t`,
  ),
  each('products', 'read_product', ProductSheet, (tx, id) => tx`select public.read_product(${id}) as row`),
  ...conversationStatuses.map((status) =>
    all('read_inbox', Inbox, (tx) => tx`select public.read_inbox(${status}) as row`),
  ),
  all(
    'read_desk_conversation',
    DeskConversation,
    (tx) => tx`select public.read_desk_conversation(latest.id) as row
      from (select id from public.conversations order by number desc limit ${MOST}) as latest`,
  ),
  each('counts', 'read_count', CountRead, (tx, id) => tx`select public.read_count(${id}) as row`),
  each(
    'deliveries',
    'read_delivery',
    DeliveryRead,
    (tx, id) => tx`select public.read_delivery(${id}) as row`,
  ),
  all('read_shop_settings', ShopSettings, (tx) => tx`select public.read_shop_settings() as row`),
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
  all(
    'read_sales_report',
    SalesLine.array(),
    (tx) => tx`select public.read_sales_report(current_date - 300, current_date + 60, 'month') as row`,
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
  all('delivery_zones', DeliveryZone, (tx) => tx`select to_jsonb(t) as row from public.delivery_zones as t`),
  all('discounts', Discount, (tx) => tx`select to_jsonb(t) as row from public.discounts as t limit 100`),
  all(
    'discount_counts',
    DiscountCount,
    (tx) => tx`select to_jsonb(t) as row from public.discount_counts as t limit 100`,
  ),
  all('read_mail', Outbox, (tx) => tx`select public.read_mail() as row`),
  each('variants', 'read_waitlist', Waitlist, (tx, id) => tx`select public.read_waitlist(${id}) as row`),
  all('read_customers', CustomerEntry.array(), (tx) => tx`select public.read_customers(size => 100) as row`),
  {
    name: 'read_customer',
    shape: Customer,
    rows: async (tx) => {
      const known =
        await tx`select id from public.orders where erased_at is null and erase_asked_at is null order by ctid desc limit ${MOST}`
      const rows: unknown[] = []
      for (const { id } of known) rows.push(...(await answers(tx`select public.read_customer(${id}) as row`)))
      return rows
    },
  },
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
