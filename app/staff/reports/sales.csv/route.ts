import type { NextRequest } from 'next/server'
import { byteOrderMark, csvLines } from '@/lib/domain/exports/csv'
import { salesHeading, salesRecords } from '@/lib/domain/exports/sales-records'
import { ReportFilter } from '@/lib/domain/insight/sales-report'
import { csvResponse } from '@/lib/server/http/csv-response'
import { readSalesReport } from '@/lib/server/insight/sales-report'
import { requireStaff } from '@/lib/server/session/session'
import { currentShop } from '@/lib/server/settings/shop'

/** A sales report as a file. Days are those of the shop's time zone. */
export async function GET(request: NextRequest): Promise<Response> {
  await requireStaff('viewer')
  const { currency } = await currentShop()
  const filter = ReportFilter.parse(Object.fromEntries(request.nextUrl.searchParams))
  const { lines } = await readSalesReport(filter)
  async function* file() {
    yield byteOrderMark + csvLines([salesHeading, ...lines.flatMap((line) => salesRecords(line, currency))])
  }
  return csvResponse('sales', file())
}
