'use client'

import { useListPulse } from '@/components/staff/shell/use-list-pulse'
import { usePulse } from '@/components/staff/shell/use-pulse'
import { newestOrders, ordersOf, type OrderPulse as Pulse } from '@/lib/domain/orders/live'

/** Keeps the queue as it is now: a new order, or a change of one that is shown, renders it again. Renders nothing. */
export function QueuePulse({ newest, shown }: { newest: readonly Pulse[]; shown: readonly Pulse[] }) {
  useListPulse(newestOrders, newest, ordersOf(shown.map(({ id }) => id)), shown)
  return null
}

/** The same for the page of one order. Renders nothing. */
export function OrderPulse({ orderId, first }: { orderId: string; first: readonly Pulse[] }) {
  usePulse(ordersOf([orderId]), first)
  return null
}
