import { catalogueCsv } from '@/lib/server/exports/exports'
import { csvResponse } from '@/lib/server/http/csv-response'
import { sessionClient } from '@/lib/server/platform/supabase'
import { requireStaff } from '@/lib/server/session/session'

/** The catalogue as Shopify's product CSV, for whoever works here. */
export async function GET(): Promise<Response> {
  await requireStaff('viewer')
  return csvResponse('products', catalogueCsv(await sessionClient()))
}
