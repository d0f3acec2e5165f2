import { expect, test } from 'vitest'
import { edgesOf, sellThrough, totalOf, unitsPerMinute } from '@/lib/domain/insight/dashboard'

const iso = (moments: number[]) => moments.map((moment) => new Date(moment).toISOString())

test('the last hour is sixty minutes, and the one that has begun is the last', () => {
  const edges = iso(edgesOf('hour', Date.parse('2026-11-23T14:07:31Z')))
  expect(edges).toHaveLength(61)
  expect([edges[0], edges.at(-1)]).toEqual(['2026-11-23T13:08:00.000Z', '2026-11-23T14:08:00.000Z'])
})

test('today begins at midnight by the shop’s clock, and has an hour more or less when the clock is put back or forward', () => {
  const day = (date: string) => iso(edgesOf('today', Date.parse(`${date}T12:00:00Z`)))
  expect(day('2026-11-23')).toHaveLength(25)
  expect(day('2026-11-23')[0]).toBe('2026-11-22T23:00:00.000Z')
  expect(day('2026-10-25')).toHaveLength(26)
  expect(day('2026-03-29')).toHaveLength(24)
})

test('a week is seven days of the shop’s calendar and ends tonight', () => {
  const edges = iso(edgesOf('week', Date.parse('2026-10-27T12:00:00Z')))
  expect(edges).toHaveLength(8)
  expect([edges[0], edges.at(-1)]).toEqual(['2026-10-20T22:00:00.000Z', '2026-10-27T23:00:00.000Z'])
  expect(edgesOf('month', Date.parse('2026-11-23T23:30:00Z'))).toHaveLength(31)
})

test('returned units are not sold, and committed units are not available', () => {
  const bar = { orders: 1, units: 6, cancelled_or_returned: 2, revenue_minor: 4800 }
  const stock = { on_hand: 10, held: 1, committed: 4, on_hand_minor: 0, held_minor: 0 }
  expect(totalOf([bar, bar])).toEqual({ orders: 2, units: 12, cancelled_or_returned: 4, revenue_minor: 9600 })
  expect(sellThrough(bar, stock)).toBe(0.4)
  expect(
    sellThrough({ ...bar, units: 0, cancelled_or_returned: 0 }, { ...stock, on_hand: 0, committed: 0 }),
  ).toBe(0)
})

test('units a minute are those of the last ten', () => {
  expect(unitsPerMinute([...Array.from({ length: 50 }, () => 9), 0, 0, 0, 0, 0, 0, 0, 0, 5, 10])).toBe(1.5)
})
