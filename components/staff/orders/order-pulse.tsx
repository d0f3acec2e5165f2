'use client'

import { useRefreshOn } from '@/components/staff/use-refresh-on'
import { useLiveList } from '@/lib/client/live/use-live-list'
import { useLiveQuery } from '@/lib/client/live/use-live-query'
import { newestOrders, ordersOf, type OrderPulse as Pulse } from '@/lib/domain/live/order-queries'

/** Keeps the queue as it is now: a new order, or a change of one that is shown, renders it again. Renders nothing. */
export function QueuePulse({ newest, shown }: { newest: readonly Pulse[]; shown: readonly Pulse[] }) {
  const all = useLiveList(newestOrders, newest)
  const seen = useLiveQuery(ordersOf(shown.map(({ id }) => id)), shown)
  // As many of the newest as were rendered: those they push out are nobody's concern.
  const latest = all.rows.slice(0, Math.max(1, newest.length))
  useRefreshOn([...latest, ...seen.rows], [...newest, ...shown])
  return null
}

/** The same for the page of one order. Renders nothing. */
export function OrderPulse({ orderId, first }: { orderId: string; first: readonly Pulse[] }) {
  const { rows } = useLiveQuery(ordersOf([orderId]), first)
  useRefreshOn(rows, first)
  return null
}
