import { csvResponse } from '@/lib/server/csv-response'
import { catalogueCsv } from '@/lib/server/exports'
import { requireStaff } from '@/lib/server/session'
import { sessionClient } from '@/lib/server/supabase'

/** The catalogue as Shopify's product CSV, for whoever works here. */
export async function GET(): Promise<Response> {
  await requireStaff('viewer')
  return csvResponse('products', catalogueCsv(await sessionClient()))
}
