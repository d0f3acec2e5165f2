'use client'

import { useEffect, useRef } from 'react'
import useSWR from 'swr'
import { dashboardsNow } from '@/lib/actions/staff/dashboard'
import { noticing } from '@/lib/client/forms/outdated'
import { untilAnswered } from '@/lib/client/forms/until-answered'
import { useAtMostEvery } from '@/lib/client/hooks/use-at-most-every'
import { useLiveList } from '@/lib/client/live/hooks/use-live-list'
import type { Dashboard } from '@/lib/domain/insight/dashboard'
import { timing } from '@/lib/domain/live/feed'
import { newestOrders, type OrderPulse } from '@/lib/domain/orders/live'
import { withFreshness } from './with-freshness'

/** However many orders come in, the numbers change no more often than this, in milliseconds. */
const pauseMs = 1_000

/**
 * The shop in numbers, live: read again when an order comes in or changes, and every few seconds for changes of holds and
 * stock.
 */
export function useDashboard(first: readonly [Dashboard], newest: readonly OrderPulse[]): Dashboard {
  const [rendered] = first
  const { data, mutate } = useSWR(['dashboard', rendered.range], () => readDashboard(rendered.range), {
    fallbackData: rendered,
    refreshInterval: timing.serverCompareMs,
    use: [withFreshness],
  })
  const orders = useLiveList(newestOrders, newest)
  const pulse = useAtMostEvery(
    pauseMs,
    orders.rows.map(({ number, version }) => `${number}.${version}`).join(),
  )
  const seen = useRef(pulse)
  useEffect(() => {
    if (pulse === seen.current) return
    seen.current = pulse
    void mutate()
  }, [pulse, mutate])
  return data.version < rendered.version ? rendered : data
}

async function readDashboard(range: Dashboard['range']): Promise<Dashboard> {
  const once = { answerMs: timing.believedMs, pauseMs: 0, calls: 1 }
  const [dashboard] = await untilAnswered(() => noticing(dashboardsNow([range])), once)
  if (!dashboard) throw new Error(`dashboard: no response for ${range}`)
  return dashboard
}
