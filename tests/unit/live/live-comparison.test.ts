import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRenderScheduler } from '@/lib/client/live/render-scheduler'
import { createRowStore } from '@/lib/client/live/row-store'
import { createSubscription } from '@/lib/client/live/transport/subscription'
import type { Transport } from '@/lib/client/live/transport/transport'
import { timing } from '@/lib/domain/live/feed'
import { type ShelfRow, shelfOf } from '@/lib/domain/stock/shelf'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const product = '10000000-0000-4000-8000-000000000001'
const { source } = shelfOf([product])

function row(variant_id: string): ShelfRow {
  return { variant_id, product_id: product, band: 'low', left: 1, version: 1 }
}

/** A page whose channel is joined at once, and whose comparisons the test answers. */
function aPage() {
  const answers: ((rows: ShelfRow[], ageMs: number) => void)[] = []
  const transport: Transport = {
    dataApi: undefined,
    // A transport reads rows of any source; those of this page are of the shelf.
    read: () =>
      new Promise((resolve) => {
        answers.push((rows, ageMs) => resolve([rows as never[], ageMs]))
      }),
    join(_topic, listener) {
      queueMicrotask(() => listener('flowing'))
      return { send: () => undefined, leave: () => undefined }
    },
    isBroadcast: false,
    drop: () => undefined,
  }
  const rows = createRowStore(source, createRenderScheduler())
  const subscription = createSubscription(source, [product], transport, rows, () => undefined)
  subscription.send('watch')
  return {
    answers,
    shown: () => rows.shown([product], []).map(({ variant_id }) => variant_id),
    freshness: () => subscription.freshness().name,
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  }
}

test('an answer from before changes began to flow does not make a page live, and the next one does', async () => {
  const { answers, freshness, pass } = aPage()
  await pass(0)

  answers[0]?.([row('a')], 300)
  await pass(0)
  expect(freshness()).toBe('catching-up')

  await pass(timing.seekMs)
  answers[1]?.([row('a')], 300)
  await pass(0)
  expect(freshness()).toBe('live')
})

test('a page is live as long as its rows are young, not as long as it is answered', async () => {
  const { answers, freshness, pass } = aPage()
  await pass(0)
  answers[0]?.([row('a')], 0)
  await pass(0)
  expect(freshness()).toBe('live')

  for (let asked = 1; asked < 5; asked += 1) {
    await pass(timing.compareMs)
    answers[asked]?.([row('a')], asked * timing.compareMs)
  }

  expect(freshness()).toBe('stale')
})

test('an answer of unknown age proves nothing', async () => {
  const { answers, freshness, shown, pass } = aPage()
  await pass(0)

  answers[0]?.([row('a')], Number.NaN)
  await pass(100)

  expect([freshness(), shown()]).toEqual(['catching-up', []])
})

test('an answer older than the last one does not bring back a row that has gone', async () => {
  const { answers, shown, pass } = aPage()
  await pass(0)
  answers[0]?.([row('a'), row('b')], 0)
  await pass(timing.compareMs)
  answers[1]?.([row('a')], 0)
  await pass(timing.compareMs)
  expect(shown()).toEqual(['a'])

  answers[2]?.([row('a'), row('b')], 2_000)
  await pass(100)

  expect(shown()).toEqual(['a'])
})
