'use client'

import { useEffect, useMemo } from 'react'
import { lookAtDelivery } from '@/lib/actions/staff/deliveries'
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
  const isBehind = (row?.version ?? version) > version

  useEffect(() => {
    if (!isBehind) return
    const timer = setTimeout(async () => {
      // Out of reach: the next change reads again.
      const answer = await lookAtDelivery(id).catch(() => null)
      if (answer?.ok) take(answer.data)
    }, 200)
    return () => clearTimeout(timer)
  }, [isBehind, id, take])

  return { read, take }
}

const versionOf = (read: DeliveryRead) => read.delivery.version
