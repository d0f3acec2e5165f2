'use client'

import { useCountdown } from '@/lib/client/hooks/use-countdown'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { leasesOf } from '@/lib/domain/orders/live'
import { type Lease, leaseMs } from '@/lib/domain/orders/order-desk'

/** A lease as the server knew it when it rendered, and how many milliseconds of it were left. */
export interface FirstLease {
  rows: readonly Lease[]
  leftMs: number
}

/** Who has an order: nobody, somebody who was heard of lately, or somebody who was not and whose it is no longer. */
export interface Holding {
  picker: string | null
  isHeld: boolean
  /** What is left of the lease, in whole seconds. */
  leftSeconds: number
}

/** Who has an order now. A lease that ends by itself ends here too, though nobody sends a word of it. */
export function useLease(orderId: string, first: FirstLease): Holding {
  const { rows } = useLiveQuery(leasesOf([orderId]), first.rows)
  const lease = rows[0]
  const isAsRendered = lease?.version === first.rows[0]?.version
  const leftMs = lease?.picker ? (isAsRendered ? first.leftMs : leaseMs) : 0
  const left = useCountdown(leftMs, String(lease?.version)) ?? leftMs
  return { picker: lease?.picker ?? null, isHeld: left > 0, leftSeconds: Math.ceil(left / 1_000) }
}
