'use client'

import type { Route } from 'next'
import { Link } from '@/components/ui/link'
import { useLiveList } from '@/lib/client/live/hooks/use-live-list'
import { type Delivery, expectedDeliveries } from '@/lib/domain/deliveries/delivery'
import type { Location } from '@/lib/domain/stock/place'
import { deliveryListWords, deliveryName, routeWords } from './words'

/** Open deliveries, the oldest first, each with a link to receive it. Renders a `<ul>`. */
export function DeliveryList({
  first,
  locations,
}: {
  first: readonly Delivery[]
  locations: readonly Location[]
}) {
  const { rows: deliveries } = useLiveList(expectedDeliveries, first)
  if (deliveries.length === 0)
    return <p className="text-small text-soft">{deliveryListWords.noDeliveriesInTransit}</p>
  return (
    <ul className="grid">
      {deliveries.toReversed().map((delivery) => (
        <li
          key={delivery.id}
          className="grid items-baseline gap-x-6 border-line border-b py-3 text-small tablet:grid-cols-[10rem_1fr_1fr]"
        >
          <Link href={`/staff/receive/${delivery.id}` as Route} className="underlined font-medium text-body">
            {deliveryName(delivery)}
          </Link>
          <span>{routeWords(delivery, locations)}</span>
          <span className="text-soft">{delivery.document}</span>
        </li>
      ))}
    </ul>
  )
}
