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

/** The holder of an order's pick lease: none, an active picker, or one whose lease has expired. */
export interface Holding {
  picker: string | null
  isHeld: boolean
  /** The rest of the lease, in whole seconds. */
  leftSeconds: number
}

/** The current holder of an order's pick lease. An expired lease ends here too, without a message. */
export function useLease(orderId: string, first: FirstLease): Holding {
  const { rows } = useLiveQuery(leasesOf([orderId]), first.rows)
  const lease = rows[0]
  const isAsRendered = lease?.version === first.rows[0]?.version
  const leftMs = lease?.picker ? (isAsRendered ? first.leftMs : leaseMs) : 0
  const left = useCountdown(leftMs, String(lease?.version)) ?? leftMs
  return { picker: lease?.picker ?? null, isHeld: left > 0, leftSeconds: Math.ceil(left / 1_000) }
}
