import { expect, test } from 'vitest'
import {
  type Feed,
  type FeedEvent,
  type FeedName,
  next,
  retryDelay,
  timing,
  unwatched,
} from '@/lib/domain/live/feed'

const moment = { now: 60_000, chance: 0.5 }

const feeds: Record<FeedName, Feed> = {
  paused: unwatched,
  connecting: { name: 'connecting', confirmedAt: 50_000, deadline: 65_000, failures: 2 },
  'catching-up': { name: 'catching-up', confirmedAt: 50_000, deadline: 64_000, failures: 2 },
  live: { name: 'live', confirmedAt: 59_000, deadline: 63_500, failures: 0 },
  stale: { name: 'stale', confirmedAt: 50_000, deadline: 61_000, failures: 3 },
  offline: { name: 'offline', confirmedAt: 50_000, deadline: 64_000, failures: 0 },
}

/** Where each event leads; 'same' is the same reference. The type lets no state and no event be forgotten. */
const table: Record<FeedName, Record<FeedEvent, FeedName | 'same'>> = {
  paused: {
    watch: 'connecting',
    pause: 'same',
    flowing: 'same',
    doubt: 'same',
    'caught-up': 'same',
    polled: 'same',
    beat: 'same',
    lost: 'same',
    timeout: 'same',
    offline: 'same',
    online: 'same',
  },
  connecting: {
    watch: 'same',
    pause: 'paused',
    flowing: 'catching-up',
    doubt: 'same',
    'caught-up': 'same',
    polled: 'connecting',
    beat: 'same',
    lost: 'stale',
    timeout: 'stale',
    offline: 'offline',
    online: 'same',
  },
  'catching-up': {
    watch: 'same',
    pause: 'paused',
    flowing: 'catching-up',
    doubt: 'catching-up',
    'caught-up': 'live',
    polled: 'catching-up',
    beat: 'same',
    lost: 'stale',
    timeout: 'stale',
    offline: 'offline',
    online: 'same',
  },
  live: {
    watch: 'same',
    pause: 'paused',
    flowing: 'catching-up',
    doubt: 'catching-up',
    'caught-up': 'same',
    polled: 'same',
    beat: 'live',
    lost: 'stale',
    timeout: 'stale',
    offline: 'offline',
    online: 'same',
  },
  stale: {
    watch: 'same',
    pause: 'paused',
    flowing: 'same',
    doubt: 'same',
    'caught-up': 'same',
    polled: 'stale',
    beat: 'same',
    lost: 'same',
    timeout: 'connecting',
    offline: 'offline',
    online: 'connecting',
  },
  offline: {
    watch: 'same',
    pause: 'paused',
    flowing: 'same',
    doubt: 'same',
    'caught-up': 'same',
    polled: 'same',
    beat: 'same',
    lost: 'same',
    timeout: 'connecting',
    offline: 'same',
    online: 'connecting',
  },
}

const edges = Object.entries(table).flatMap(([from, row]) =>
  Object.entries(row).map(([event, to]) => ({ from: from as FeedName, event: event as FeedEvent, to })),
)

test.for(edges)('$from, when $event: $to', ({ from, event, to }) => {
  const before = feeds[from]

  const after = next(before, event, moment)

  if (to === 'same') expect(after).toBe(before)
  else expect(after).toMatchObject({ name: to })
})

test('only a fetch made after changes began to flow makes a page live', () => {
  const into = edges.filter(({ from, to }) => to === 'live' && from !== 'live')

  expect(into).toEqual([{ from: 'catching-up', event: 'caught-up', to: 'live' }])
})

test('a live page is believed for a moment after each sign of life, not longer', () => {
  const live = next(feeds['catching-up'], 'caught-up', moment)
  const later = next(live, 'beat', { ...moment, now: 62_000 })

  expect(live).toEqual({
    name: 'live',
    confirmedAt: 60_000,
    deadline: 60_000 + timing.silenceMs,
    failures: 0,
  })
  expect(later).toMatchObject({ confirmedAt: 62_000, deadline: 62_000 + timing.silenceMs })
})

test('losing contact keeps the age of what is shown', () => {
  const lost = next(feeds.live, 'lost', moment)

  expect(lost).toMatchObject({ name: 'stale', confirmedAt: 59_000, failures: 1 })
})

test('a poll proves what is shown, not that it stays so', () => {
  expect(next(feeds.stale, 'polled', moment)).toEqual({ ...feeds.stale, confirmedAt: 60_000 })
})

test('tries come quickly at first, and patiently when the shop is gone for long', () => {
  const delays = [1, 2, 3, 4, 30, 31, 500].map((failures) => retryDelay(failures, 1))

  expect(delays).toEqual([200, 400, 800, 1_200, 1_200, 10_000, 10_000])
})

test('a thousand shoppers do not come back in the same moment', () => {
  expect(retryDelay(4, 0)).toBe(600)
  expect(retryDelay(4, 0.999)).toBeCloseTo(1_200, -1)
})
