'use client'

import { useMemo } from 'react'
import { readDelivery } from '@/lib/actions/staff/deliveries'
import { useDocument } from '@/lib/client/documents/use-document'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { dataOrThrow } from '@/lib/domain/core/result'
import { type DeliveryRead, deliveryOf } from '@/lib/domain/deliveries/delivery'

/** A delivery, live: read again whenever another staff member records something. `take` shows a newer state. */
export function useDelivery(first: DeliveryRead): { read: DeliveryRead; take: (read: DeliveryRead) => void } {
  const { id } = first.delivery
  const firstRow = useMemo(() => [first.delivery], [first.delivery])
  const query = useMemo(() => deliveryOf(id), [id])
  const { rows } = useLiveQuery(query, firstRow)
  const { document: read, take } = useDocument({
    name: 'delivery',
    id,
    first,
    versionOf,
    announced: rows[0]?.version ?? 0,
    read: async () => dataOrThrow('delivery', await readDelivery(id)),
  })
  return { read, take }
}

const versionOf = (read: DeliveryRead) => read.delivery.version
