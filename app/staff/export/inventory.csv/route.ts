import type { NextRequest } from 'next/server'
import { inventoryCsv } from '@/lib/server/exports/exports'
import { csvResponse } from '@/lib/server/http/csv-response'
import { sessionClient } from '@/lib/server/platform/supabase'
import { requireStaff } from '@/lib/server/session/session'
import { activeLocations } from '@/lib/server/stock/locations'

/** The units on hand as Shopify's inventory CSV, for whoever works here; of one location where its slug is given. */
export async function GET(request: NextRequest): Promise<Response> {
  await requireStaff('viewer')
  const slug = request.nextUrl.searchParams.get('location')
  const locations = (await activeLocations()).filter((location) => !slug || location.slug === slug)
  if (locations.length === 0) {
    return new Response(`There is no location "${slug}".\n`, {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })
  }
  return csvResponse(slug ? `inventory-${slug}` : 'inventory', inventoryCsv(await sessionClient(), locations))
}
