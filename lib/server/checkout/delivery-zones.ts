import 'server-only'
import { updateTag } from 'next/cache'
import { z } from 'zod'
import { DeliveryZone } from '@/lib/domain/checkout/delivery-zone'
import type { Result } from '@/lib/domain/core/result'
import { cacheTags } from '@/lib/server/platform/cache-tags'
import type { callFunction } from '@/lib/server/platform/call-function'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** The zones of the shop, older ones first, and how deliveries are taxed. */
export async function readDelivery(): Promise<{ zones: DeliveryZone[]; taxRateBp: number | null }> {
  const client = await sessionClient()
  const [zones, settings] = await Promise.all([
    client
      .from('delivery_zones')
      .select('id, name, countries, postcodes, rates_from_minor, rates_minor, estimate, version')
      .order('created_at')
      .order('id')
      .limit(100),
    client.from('delivery_settings').select('tax_rate_bp').limit(1),
  ])
  return {
    zones: z.array(DeliveryZone).parse(rowsOrThrow('delivery_zones', zones)),
    taxRateBp: rowsOrThrow('delivery_settings', settings)[0]?.tax_rate_bp ?? null,
  }
}

/** The result of a change; its answer and every later page show it. */
export async function andShow(change: ReturnType<typeof callFunction>): Promise<Result<unknown>> {
  const changed = await change
  if (changed.ok) updateTag(cacheTags.delivery)
  return changed
}
