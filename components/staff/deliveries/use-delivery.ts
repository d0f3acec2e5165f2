'use client'

import { useCallback, useMemo } from 'react'
import { lookAtDelivery } from '@/lib/actions/staff/deliveries'
import { useCatchUp } from '@/lib/client/hooks/use-catch-up'
import { useNewest } from '@/lib/client/hooks/use-newest'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { type DeliveryRead, deliveryOf } from '@/lib/domain/deliveries/delivery'

/** A delivery as it is, live: read again whenever a colleague scans something in. `take` shows a newer state. */
export function useDelivery(first: DeliveryRead): { read: DeliveryRead; take: (read: DeliveryRead) => void } {
  const { newest: read, take } = useNewest(first, versionOf)
  const { id, version } = read.delivery
  const firstRow = useMemo(() => [read.delivery], [read.delivery])
  const row = useLiveQuery(
    useMemo(() => deliveryOf(id), [id]),
    firstRow,
  ).rows[0]
  const readAgain = useCallback(async () => {
    const answer = await lookAtDelivery(id)
    if (answer.ok) take(answer.data)
  }, [id, take])
  useCatchUp(row?.version ?? version, version, readAgain)

  return { read, take }
}

const versionOf = (read: DeliveryRead) => read.delivery.version
