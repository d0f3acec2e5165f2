import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEmitter } from '@/lib/client/live/emitter'
import { createRenderScheduler } from '@/lib/client/live/render-scheduler'
import { createSourceStore } from '@/lib/client/live/source-store'
import type { Topic } from '@/lib/client/live/transport/socket'
import type { Transport } from '@/lib/client/live/transport/transport'
import { timing } from '@/lib/domain/live/feed'
import type { LiveSource } from '@/lib/domain/live/query'
import { type ShelfRow, shelfOf, shelfOfVariants } from '@/lib/domain/stock/shelf'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const ids = Array.from({ length: 25 }, (_, index) => `10000000-0000-4000-8000-0000000000${index + 10}`)

/** A page that follows these values of a source, in a shop that may change how. */
function aPage({ source, values }: { source: LiveSource<ShelfRow>; values: readonly string[] }) {
  const joined: Topic[] = []
  const left: Topic[] = []
  const transport: Transport = {
    dataApi: undefined,
    isBroadcast: true,
    read: () => Promise.resolve([[], 0]),
    join(topic, listener) {
      joined.push(topic)
      queueMicrotask(() => listener('flowing'))
      return { send: () => undefined, leave: () => left.push(topic) }
    },
    drop: () => undefined,
  }
  const store = createSourceStore(source, {
    transport,
    scheduler: createRenderScheduler(),
    isVisible: () => true,
    ...createEmitter(),
  })
  store.follow(values)
  return { transport, joined, left, store, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

test('a page follows the channels of its products where the shop broadcasts its stock', async () => {
  const { joined, pass } = aPage(shelfOf(ids.slice(0, 24)))
  await pass(0)

  expect(joined).toEqual([{ channels: ids.slice(0, 24).map((id) => `shelf:${id}`) }])
})

test('more products than a socket has channels for, single variants and lists follow Postgres Changes', async () => {
  const list = { ...shelfOf([]).source, by: 'version' as const, list: { pageSize: 10 } }
  for (const query of [shelfOf(ids), shelfOfVariants(ids.slice(0, 1)), { source: list, values: ['0..'] }]) {
    const { joined, pass } = aPage(query)
    await pass(0)
    expect(joined).toMatchObject([{ table: 'shelf' }])
  }
})

test('a page whose shop changes how it is followed joins the other channel before it leaves the first', async () => {
  const { transport, joined, left, store, pass } = aPage(shelfOf(ids.slice(0, 1)))
  await pass(timing.seekMs)
  expect(store.freshness?.()?.name).toBe('live')

  transport.isBroadcast = false
  await pass(timing.compareMs)
  expect(joined.at(-1)).toMatchObject({ table: 'shelf' })
  await pass(timing.compareMs)

  expect(store.freshness?.()?.name).toBe('live')
  expect(left).toEqual(joined.slice(0, 1))
  expect(joined).toHaveLength(2)
})
