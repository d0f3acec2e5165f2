import { placeName } from '@/components/staff/shell/words'
import type { Delivery, DeliveryLine, DeliveryRead } from '@/lib/domain/deliveries/delivery'
import type { Location } from '@/lib/domain/stock/place'

export const differenceWords: Record<NonNullable<DeliveryLine['difference']>, string> = {
  not_sent: 'not sent',
  lost: 'lost in transit',
  damaged: 'damaged in transit',
  extra: 'more than expected',
  swapped: 'sent instead of another item',
}

export const eventWords: Record<DeliveryRead['events'][number]['kind'], string> = {
  announced: 'announced',
  sent: 'sent',
  received: 'received',
  closed: 'closed',
}

/** "Transfer 7" or "Delivery 8". */
export function deliveryName({ number, from_location_id }: Delivery): string {
  return `${from_location_id ? 'Transfer' : 'Delivery'} ${number}`
}

/** "From The workshop to The shop". */
export function routeWords(delivery: Delivery, locations: readonly Location[]): string {
  const from = delivery.from_location_id ? placeName(delivery.from_location_id, locations) : delivery.supplier
  return `From ${from} to ${placeName(delivery.to_location_id, locations)}`
}
