import { expect, test } from 'vitest'
import { type Feed, unwatched } from '@/lib/domain/live/feed'
import { byTrust, connecting, freshnessOf, isFresh, live } from '@/lib/domain/live/freshness'

const lost: Feed = { name: 'stale', confirmedAt: 10_000, deadline: 12_000, failures: 1 }

test('between the tries after a loss a page stays stale, and keeps its age', () => {
  expect(freshnessOf({ ...lost, name: 'connecting' })).toEqual({ name: 'stale', confirmedAt: 10_000 })
  expect(freshnessOf({ ...lost, name: 'catching-up' })).toEqual({ name: 'stale', confirmedAt: 10_000 })
})

test('a page that was never confirmed is connecting, one that was looked away from is stale', () => {
  expect(freshnessOf(unwatched)).toEqual(connecting)
  expect(freshnessOf({ ...unwatched, confirmedAt: 10_000 })).toEqual({ name: 'stale', confirmedAt: 10_000 })
})

test('a page is as fresh as its least fresh query', () => {
  const stale = { name: 'stale', confirmedAt: 10_000 } as const
  const older = { name: 'stale', confirmedAt: 4_000 } as const

  expect([older, live, connecting, stale].sort(byTrust)).toEqual([live, connecting, stale, older])
  expect(byTrust(stale, { ...stale })).toBe(0)
})

test('five seconds without proof are too long to say nothing', () => {
  const stale = { name: 'stale', confirmedAt: 10_000 } as const

  expect(isFresh(stale, 0, 14_499)).toBe(true)
  expect(isFresh(stale, 0, 14_500)).toBe(false)
  expect(isFresh(connecting, 3_000, 7_499)).toBe(true)
  expect(isFresh(connecting, 3_000, 7_500)).toBe(false)
  expect(isFresh(live, 0, 1e9)).toBe(true)
})
