import { setTimeout as sleep } from 'node:timers/promises'
import { render } from '@testing-library/react'
import { vi } from 'vitest'
import type { Contender } from '@/tests/faults/support/faults/contender'
import { comeFrom } from '@/tests/support/page-origin'
import { clock } from './till'
import { leftOn } from './witness'
import type { World } from './world'

/** How many loads of a page never saw the sale made in their first moments, and how long the slowest took. */
export interface HandOver {
  readonly loads: number
  readonly lost: number
  readonly slowestMs: number
}

/** The longest time in milliseconds that a page may miss a sale without marking it. */
const patienceMs = 10_000

interface HandOverSize {
  loads: number
  atOnce: number
  /** The greatest age in milliseconds of the HTML that is opened; each load has the next age up to it. */
  oldestMs: number
}

/**
 * Opens a page again and again on HTML of another age, and sells one unit while it takes over: each load in the next
 * millisecond of its first three seconds. Every second page was sold from in the cache, too.
 */
export async function handOver(
  world: World,
  { ShopPage }: Contender,
  { loads, atOnce, oldestMs }: HandOverSize,
): Promise<HandOver> {
  const { cableUrl, shopUrl, publishableKey } = world.address
  comeFrom(shopUrl)
  const isStockBroadcast = await world.now.isStockBroadcast()
  const settings = { supabaseUrl: cableUrl, publishableKey, isStockBroadcast }
  let [next, lost, slowestMs] = [0, 0, 0]

  async function loadAgainAndAgain(): Promise<void> {
    const goods = await world.now.stock(20_000)
    for (let load = next++; load < loads; load = next++) {
      const served = await world.now.served('shelf', goods)
      const cached = sleep((load * 37) % (oldestMs + 1))
      if (oldestMs > 0 && load % 2 === 0) await world.now.sell(goods)
      await cached
      const container = document.body.appendChild(document.createElement('main'))
      const { unmount } = render(<ShopPage settings={settings} goods={goods} served={served} />, {
        container,
      })
      await sleep((load * 7) % 3_000)
      const sale = await world.now.sell(goods)
      const isSeen = () => leftOn(container) === sale.left
      const isLost = () =>
        clock() - sale.at > patienceMs && container.querySelector('[data-uncertain]') === null && !isSeen()
      await vi.waitUntil(() => isSeen() || isLost(), { timeout: 300_000, interval: 50 })
      if (!isSeen()) lost += 1
      slowestMs = Math.max(slowestMs, clock() - sale.at)
      unmount()
      container.remove()
    }
  }

  await Promise.all(Array.from({ length: atOnce }, loadAgainAndAgain))
  return { loads, lost, slowestMs }
}
