import type { NextRequest } from 'next/server'
import { Period } from '@/lib/domain/orders/period'
import { ordersCsv } from '@/lib/server/exports/orders'
import { csvResponse } from '@/lib/server/http/csv-response'
import { sessionClient } from '@/lib/server/platform/supabase'
import { requireStaff } from '@/lib/server/session/session'
import { currentShop } from '@/lib/server/settings/shop'

/** The orders of a period with their buyers, for managers. Days are those of the shop's time zone. */
export async function GET(request: NextRequest): Promise<Response> {
  await requireStaff('manager')
  await currentShop()
  const period = Period.parse(Object.fromEntries(request.nextUrl.searchParams))
  return csvResponse('orders', ordersCsv(await sessionClient(), period))
}
