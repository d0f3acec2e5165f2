import 'server-only'
import { byteOrderMark, csvLines } from '@/lib/domain/exports/csv'
import { ExportedOrder, orderHeading, orderRecords } from '@/lib/domain/exports/order-records'
import { momentsOf, type Period } from '@/lib/domain/orders/period'
import { everyRow, pagesByNumber } from '@/lib/server/platform/every-row'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import type { Supabase } from '@/lib/server/platform/supabase'

/** Orders a read; their ids are in the address of the read of their items. */
const PAGE = 100

/** Before and after every day that a period can name. */
const [earliest, latest] = ['2000-01-01T00:00:00Z', '2101-01-01T00:00:00Z']

/** The orders of a period as a CSV file, the oldest first, read so many at a time that no file is in memory as a whole. */
export async function* ordersCsv(client: Supabase, period: Period): AsyncGenerator<string> {
  yield byteOrderMark + csvLines([orderHeading])
  for await (const orders of orderPages(client, period)) yield csvLines(orders.flatMap(orderRecords))
}

async function* orderPages(client: Supabase, period: Period): AsyncGenerator<ExportedOrder[]> {
  const { since, before } = momentsOf(period)
  const pages = pagesByNumber('orders', PAGE, (after) =>
    client
      .from('orders')
      .select(
        'id, number, status, created_at, cancelled_at, currency, subtotal_minor, discount_minor, delivery_minor, tax_minor, total_minor, discount_title, delivery, email, name, phone, address',
      )
      .gt('number', after)
      .gte('created_at', since ?? earliest)
      .lt('created_at', before ?? latest)
      .order('number')
      .limit(PAGE),
  )
  for await (const rows of pages) yield await withParts(client, rows)
}

/** These orders with their items and payments. */
async function withParts(client: Supabase, rows: { id: string }[]): Promise<ExportedOrder[]> {
  const ids = rows.map(({ id }) => id)
  const [items, payments] = ids.length > 0 ? await partsOf(client, ids) : [[], []]
  const itemsBy = Map.groupBy(items, ({ order_id }) => order_id)
  const paymentBy = new Map(payments.map((payment) => [payment.order_id, payment]))
  return ExportedOrder.array().parse(
    rows.map((row) => ({ ...row, payments: paymentBy.get(row.id), items: itemsBy.get(row.id) ?? [] })),
  )
}

const partsOf = (client: Supabase, orders: string[]) =>
  Promise.all([itemsOf(client, orders), paymentsOf(client, orders)])

const paymentsOf = async (client: Supabase, orders: string[]) =>
  rowsOrThrow(
    'payments',
    await client
      .from('payments')
      .select('order_id, provider, status, captured_minor, refunded_minor')
      .in('order_id', orders)
      .limit(PAGE),
  )

const itemsOf = (client: Supabase, orders: string[]) =>
  everyRow('order_items', (from, to) =>
    client
      .from('order_items')
      .select(
        'order_id, sku, title, option_values, price_minor, discount_minor, tax_rate_bp, tax_minor, quantity, fulfilled, cancelled, returned',
      )
      .in('order_id', orders)
      .order('id')
      .range(from, to),
  )
