import 'server-only'
import { shopWallTime } from '@/lib/domain/core/shop-time'
import { daysOf, type ReportFilter, SalesLine } from '@/lib/domain/insight/sales-report'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The sales of the days that are asked for, by the calendar of the shop, and those days. */
export async function readSalesReport({ step, ...period }: ReportFilter) {
  const days = daysOf(period, shopWallTime(new Date().toISOString()).slice(0, 10))
  const client = await sessionClient()
  const asked = { first_day: days.first, last_day: days.last, step }
  const lines = rowsOrThrow('read_sales_report', await client.rpc('read_sales_report', asked))
  return { days, lines: SalesLine.array().parse(lines) }
}
