'use client'

import { useEffect, useRef } from 'react'
import { dashboardsNow } from '@/lib/actions/staff/dashboard'
import { useAtMostEvery } from '@/lib/client/hooks/use-at-most-every'
import { useLiveList } from '@/lib/client/live/hooks/use-live-list'
import { useLiveQuery } from '@/lib/client/live/hooks/use-live-query'
import { useRegistry } from '@/lib/client/live/provider'
import type { Dashboard } from '@/lib/domain/insight/dashboard'
import { type LiveSource, liveQuery } from '@/lib/domain/live/query'
import { newestOrders, type OrderPulse } from '@/lib/domain/orders/live'

const dashboards: LiveSource<Dashboard> = {
  table: 'dashboard',
  columns: [],
  by: 'range',
  parse: () => null,
  id: (dashboard) => dashboard.range,
  version: (dashboard) => dashboard.version,
  ask: dashboardsNow,
}

/** However many orders come in, the numbers change no more often than this, in milliseconds. */
const pauseMs = 1_000

/**
 * The shop in numbers, as `first` says and as it is from then on: asked for again when an order comes in or changes, and
 * compared now and then as every live query, which brings what holds and stock did meanwhile.
 */
export function useDashboard(first: readonly [Dashboard], newest: readonly OrderPulse[]): Dashboard {
  const [{ range }] = first
  const { table } = useRegistry()
  const { rows } = useLiveQuery(liveQuery(dashboards, [range]), first)
  const orders = useLiveList(newestOrders, newest)
  const pulse = useAtMostEvery(
    pauseMs,
    orders.rows.map(({ number, version }) => `${number}.${version}`).join(),
  )
  const seen = useRef(pulse)
  useEffect(() => {
    if (pulse === seen.current) return
    seen.current = pulse
    // What does not come now the next comparison brings; if none does, the page says that it is not live.
    dashboardsNow([range]).then(table(dashboards).rows.take, () => undefined)
  }, [pulse, range, table])
  return rows[0] ?? first[0]
}
