import 'server-only'
import { accepted, type Result } from '@/lib/domain/core/result'
import { Delivery, DeliveryRead } from '@/lib/domain/deliveries/delivery'
import type { Announcement, Arrival, Closing } from '@/lib/domain/deliveries/delivery-request'
import { outcome } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'
import { variantsOf } from '@/lib/server/stock/code-lines'

/** A delivery with its lines; null when there is none (or the caller is no staff). */
export async function readDelivery(id: string): Promise<DeliveryRead | null> {
  const client = await sessionClient()
  const { data, error } = await client.rpc('read_delivery', { delivery_id: id })
  if (error) throw new Error(`read_delivery: ${error.code} ${error.message}`, { cause: error })
  return data === null ? null : DeliveryRead.parse(data)
}

/** Announces what a supplier brings, or sends what is ours off at once. One code nobody knows, and nothing happens. */
export async function openDelivery({
  from_location_id,
  supplier = '',
  lines,
  sure,
  ...rest
}: Announcement): Promise<Result<Delivery>> {
  const named = await variantsOf(lines, sure === 'on')
  if (!named.ok) return named
  const client = await sessionClient()
  const opened = from_location_id
    ? outcome(
        'send_transfer',
        await client.rpc('send_transfer', { ...rest, from_location_id, lines: named.data }),
      )
    : outcome(
        'announce_delivery',
        await client.rpc('announce_delivery', { ...rest, supplier, lines: named.data }),
      )
  return opened.ok ? accepted(Delivery.parse(opened.data)) : opened
}

/** Books what came. */
export async function receiveDelivery({
  sure,
  delivery_id,
  difference,
  idempotency_key,
  ...line
}: Arrival): Promise<Result<unknown>> {
  const named = await variantsOf([line], sure === 'on')
  if (!named.ok) return named
  const client = await sessionClient()
  const arrival = { delivery_id, idempotency_key, ...(difference && { difference }) }
  return outcome('receive_delivery', await client.rpc('receive_delivery', { ...arrival, lines: named.data }))
}

/** Says that no more comes. */
export async function closeDelivery(closing: Closing): Promise<Result<unknown>> {
  const client = await sessionClient()
  return outcome('close_delivery', await client.rpc('close_delivery', closing))
}
