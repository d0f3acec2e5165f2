'use client'

import { useMemo } from 'react'
import { locationName, units } from '@/components/staff/shell/words'
import { Text } from '@/components/ui/text/text'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type InTransit, inTransitOf } from '@/lib/domain/deliveries/delivery'
import type { Location } from '@/lib/domain/stock/place'
import { unitsInTransitWords } from './words'

/** Units that left one location and have not reached another, live. Renders a `<p>`, or nothing when there are none. */
export function UnitsInTransit({
  variantId,
  first,
  locations,
}: {
  variantId: string
  first: readonly InTransit[]
  locations: readonly Location[]
}) {
  const query = useMemo(() => inTransitOf(variantId), [variantId])
  const travelling = useLiveQuery(query, first).rows.filter((row) => row.units > 0)
  if (travelling.length === 0) return null
  const words = travelling.map((row) =>
    unitsInTransitWords.to(units(row.units), locationName(row.location_id, locations)),
  )
  return (
    <Text size="small" figures>
      {unitsInTransitWords.inTransit} {words.join(', ')}
    </Text>
  )
}
