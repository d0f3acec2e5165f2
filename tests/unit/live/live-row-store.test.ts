import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { now } from '@/lib/client/live/clock'
import { createRenderScheduler } from '@/lib/client/live/render-scheduler'
import { createRowStore } from '@/lib/client/live/row-store'
import { isNewer, sortRows, unchanged } from '@/lib/domain/live/row-rules'
import { gather, message, product, source, state, variants } from '@/tests/support/shelf-rows'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('of two states of a row the older one is never shown', () => {
  expect(isNewer(source, state(5), state(4))).toBe(false)
  expect(isNewer(source, state(5), state(6))).toBe(true)
})

test('the same state again is not a change', () => {
  const known = state(5)

  expect(isNewer(source, known, state(5))).toBe(false)
  expect(unchanged([known], [known])).toEqual([known])
})

test('rows come in one order, whoever read them', () => {
  const rows = [state(1, variants[1]), state(2, variants[0])]

  expect(sortRows(source, rows)).toEqual(sortRows(source, [...rows].reverse()))
})

test('lost, doubled, late and reordered messages never take a number back', () => {
  const messages = fc.array(
    fc.record({
      version: fc.integer({ min: 1, max: 12 }),
      variant: fc.constantFrom(...variants),
      afterMs: fc.nat(400),
    }),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(messages, fc.integer({ min: 1, max: 12 }), (sent, startVersion) => {
      const rows = createRowStore(source, createRenderScheduler())
      rows.start(variants.map((variant) => state(startVersion, variant)))
      const last = new Map<string, number>()
      const seen = () => {
        for (const row of rows.shown([product], [])) {
          expect(row.version).toBeGreaterThanOrEqual(last.get(row.variant_id) ?? startVersion)
          last.set(row.variant_id, row.version)
        }
      }
      rows.on(() => [product], seen)
      for (const { version, variant, afterMs } of sent) {
        vi.advanceTimersByTime(afterMs)
        expect(rows.message(message(state(version, variant)))).toBe(true)
        seen()
      }
      vi.advanceTimersByTime(1_000)

      for (const variant of variants) {
        const latest = Math.max(
          startVersion,
          ...sent.filter((each) => each.variant === variant).map((each) => each.version),
        )
        expect(rows.shown([product], []).find((row) => row.variant_id === variant)?.version).toBe(latest)
      }
    }),
  )
})

test('the first change of a number is painted at once, a burst at most four times a second, the last one always', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start([state(1)])
  vi.advanceTimersByTime(1_000)
  const painted: number[] = []
  rows.on(
    () => [product],
    () => painted.push(rows.shown([product], [])[0]?.version ?? 0),
  )

  for (let version = 2; version <= 201; version += 1) {
    rows.message(message(state(version)))
    vi.advanceTimersByTime(5)
  }
  vi.advanceTimersByTime(250)

  expect(painted[0]).toBe(2)
  expect(painted.at(-1)).toBe(201)
  expect(painted.length).toBeLessThanOrEqual(6)
})

test('one busy number does not hold up another', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start(variants.map((variant) => state(1, variant)))
  vi.advanceTimersByTime(1_000)
  rows.message(message(state(2, variants[0])))

  rows.message(message(state(7, variants[1])))
  gather()

  expect(rows.shown([product], []).find((row) => row.variant_id === variants[1])?.version).toBe(7)
})

test('a message of another table, of another shape or of a deleted row is not applied', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start([state(1)])

  expect(rows.message({ ...message(state(2)), table: 'orders' })).toBe(false)
  expect(rows.message({ ...message(state(2)), new: { variant_id: variants[0] } })).toBe(false)
  expect(rows.message({ ...message(state(2)), eventType: 'DELETE', new: {} })).toBe(false)
  expect(rows.shown([product], [])).toEqual([state(1)])
})

test('a row that a fetch no longer finds goes, and comes back when it is heard of again', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start([state(1)])
  vi.advanceTimersByTime(1)

  rows.compared(new Set([product]), [], now())
  expect(rows.shown([product], [state(1)])).toEqual([])
  rows.start([state(1)])
  expect(rows.shown([product], [])).toEqual([])

  vi.advanceTimersByTime(1_000)
  rows.message(message(state(2)))
  gather()
  expect(rows.shown([product], [])).toEqual([state(2)])
})

test('a change received during a fetch that does not know it yet stays', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start([state(1)])
  vi.advanceTimersByTime(1_000)
  const begun = now()
  rows.message(message(state(2)))
  rows.message(message(state(1, variants[1])))
  gather()

  rows.compared(new Set([product]), [], begun)

  expect(rows.shown([product], [])).toEqual([state(2), state(1, variants[1])])
})

test('an answer from before a row arrived does not take it away, and the next one does', () => {
  const rows = createRowStore(source, createRenderScheduler())
  rows.start([state(1)])
  vi.advanceTimersByTime(1_000)
  const readAt = now()
  vi.advanceTimersByTime(100)
  rows.message(message(state(1, variants[1])))
  gather()
  vi.advanceTimersByTime(100)

  rows.compared(new Set([product]), [state(1)], readAt)
  expect(rows.shown([product], [])).toEqual([state(1), state(1, variants[1])])

  rows.compared(new Set([product]), [state(1)], now())
  expect(rows.shown([product], [])).toEqual([state(1)])
})

test('a row that a query and a list both follow is shown by both', () => {
  const scheduler = createRenderScheduler()
  const stores = [createRowStore(source, scheduler), createRowStore(source, scheduler)]
  for (const rows of stores) rows.start([state(1)])

  for (const rows of stores) rows.message(message(state(2)))
  gather()

  for (const rows of stores) expect(rows.shown([product], [])).toEqual([state(2)])
})
