'use client'

import type { Route } from 'next'
import { LineItem } from '@/components/ui/layout/line-list'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
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
    return (
      <Text size="small" tone="soft">
        {deliveryListWords.noDeliveriesInTransit}
      </Text>
    )
  return (
    <Stack as="ul">
      {deliveries.toReversed().map((delivery) => (
        <LineItem key={delivery.id} layout="cells" className="tablet:grid-cols-[10rem_1fr_1fr]">
          <TextLink size="name" href={`/staff/receive/${delivery.id}` as Route}>
            {deliveryName(delivery)}
          </TextLink>
          <span>{routeWords(delivery, locations)}</span>
          <Text as="span" tone="soft">
            {delivery.document}
          </Text>
        </LineItem>
      ))}
    </Stack>
  )
}
